package hgn.reproduce.sections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.evaluate.MetricKeys;
import hgn.reproduce.Budget;
import hgn.reproduce.Outcome;
import hgn.testing.KnownFloors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Plan plan = new Plan(Budget.QUICK, "cpu", 1, List.of());

  @TempDir private Path folder;

  /** All sections except figure 3, which needs no training. */
  private static List<Section> sections() {
    return Sections.named(List.of("all")).stream()
        .filter(section -> !section.name().equals("figure3"))
        .toList();
  }

  @Test
  void isWrittenAlsoWhenEveryTrainingFailed() throws IOException {
    List<Outcome> outcomes =
        Sections.trainings(sections(), plan).stream()
            .map(training -> new Outcome(training, null, Map.of(), "diverged in step 7"))
            .toList();
    Report report = new Report(folder, plan, KnownFloors.in(folder));
    report.write(sections(), new Results(outcomes), "reproduce all", "Made here.");

    String text = Files.readString(report.markdown());
    for (String heading : List.of("Table 1", "Table 2", "Figure 4", "Figure 6", "Targets")) {
      assertTrue(text.contains("## " + heading), heading + " in " + text);
    }
    assertTrue(text.contains("diverged in step 7"), text);
    assertTrue(Files.size(report.html()) > 0);
  }

  @Test
  void targetsAreReachedMissedOrUnknown() throws IOException {
    List<Outcome> outcomes =
        new Targets()
            .trainings(plan).stream()
                .map(
                    training -> {
                      boolean hard = training.name().equals("three-body-leapfrog");
                      Map<String, Double> values =
                          Map.of(
                              MetricKeys.TEST, hard ? 0.9e-3 : 0.4e-3,
                              MetricKeys.STATIC, 1.5e-3,
                              MetricKeys.BACKWARD, 0.8e-3,
                              MetricKeys.RIGHT, 0.8);
                      return new Outcome(training, null, values, null);
                    })
                .toList();
    List<Targets.Target> targets =
        Targets.targets(plan, new Results(outcomes), KnownFloors.in(folder));
    Map<String, List<String>> rows =
        targets.stream()
            .map(Targets.Target::row)
            .collect(Collectors.toMap(row -> row.get(0) + ", " + row.get(1), row -> row));
    assertEquals(
        List.of("mass-spring", "reconstruction", "at most 10.12", "4.00", "reached"),
        rows.get("mass-spring, reconstruction"));
    assertEquals("missed", rows.get("three-body, reconstruction").get(4));
    assertEquals("at most 6.76", rows.get("three-body, reconstruction").get(2));
    assertEquals("at most 8.00", rows.get("double-pendulum, reconstruction").get(2));
    assertEquals("at most 5.50", rows.get("damped-spring, reconstruction").get(2));
    assertEquals("reached", rows.get("mass-spring, backward").get(4), "below twice the noise");
    assertEquals("missed", rows.get("pendulum, backward").get(4), "above half the mean frame's");
    assertEquals("missed", rows.get("two-body, samples right").get(4));
    assertEquals("reached", rows.get("three-body, samples right").get(4));
    assertEquals("-", rows.get("pendulum, SyMetric").get(4), "it was not measured");
  }
}
