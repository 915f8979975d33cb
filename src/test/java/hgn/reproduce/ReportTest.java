package hgn.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.report.Document;
import hgn.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Plan plan = new Plan(Budget.QUICK, "cpu", 1, List.of());

  @TempDir private Path folder;

  /** Of all sections but figure 3, which no training can spoil. */
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
    Report report = new Report(folder, plan);
    report.write(sections(), new Results(outcomes), "reproduce all", "Made here.");

    String text = Files.readString(report.markdown());
    for (String heading : List.of("Table 1", "Table 2", "Figure 4", "Figure 6", "Targets")) {
      assertTrue(text.contains("## " + heading), heading + " in " + text);
    }
    assertTrue(text.contains("diverged in step 7"), text);
    assertTrue(Files.size(report.html()) > 0);
  }

  @Test
  void saysWhichTargetsWereMissedAndShowsTheCurves() throws IOException {
    Targets targets = new Targets();
    String metrics =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> "{\"step\":%d,\"mse\":%s}\n".formatted(10 * i, 0.1 / i))
            .collect(Collectors.joining());
    Path runs = folder.resolve("runs");
    Files.createDirectories(runs);
    List<Outcome> outcomes =
        targets.trainings(plan).stream()
            .distinct()
            .map(
                training -> {
                  RunFolder run = RunFolder.create(runs, training.name());
                  run.write(run.metrics(), metrics);
                  double test = training.name().equals("three-body-leapfrog") ? 0.9e-3 : 0.5e-3;
                  return new Outcome(
                      training, run, Map.of(Values.TEST, test, Values.HELD, 1.5e-3), null);
                })
            .toList();
    Document document = new Document("targets");
    targets.write(document, plan, new Results(outcomes), new Pictures(folder));

    List<Document.Table> tables =
        document.blocks().stream()
            .filter(Document.Table.class::isInstance)
            .map(Document.Table.class::cast)
            .toList();
    assertEquals(
        List.of("reached", "reached", "reached", "missed", "reached", "reached"),
        tables.get(0).rows().stream().map(row -> row.get(4)).toList());
    assertEquals(
        List.of("1.67", "3.00", "3.00", "3.00", "3.00"),
        tables.get(1).rows().stream().map(row -> row.get(4)).toList());
    assertEquals(
        List.of("8 1500", "0 1500", "0 3000", "8 1500", "0 1500"),
        tables.get(1).rows().stream().map(row -> row.get(1) + " " + row.get(2)).toList());
    assertTrue(Files.size(folder.resolve("targets-three-body.png")) > 0);
  }
}
