package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.report.Document;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** Figure 7 and the section on extra environments: double pendulum and damped spring. */
final class Figure7 implements Section {
  private static final List<String> SYSTEMS = List.of("double-pendulum", "damped-spring");

  @Override
  public String name() {
    return "figure7";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    SYSTEMS.forEach(system -> all.addAll(plan.trainings(Variant.LEAPFROG, system)));
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Figure 7: double pendulum and damped spring");
    List<List<String>> rows = new ArrayList<>();
    for (String system : SYSTEMS) {
      List<Training> trainings = plan.trainings(Variant.LEAPFROG, system);
      double paper = Published.leapfrog(system);
      SeedSpread test = results.spread(trainings, MetricKeys.TEST);
      rows.add(
          List.of(
              system,
              Long.toString(Math.round(paper)),
              results.spread(trainings, MetricKeys.TRAIN).text(1e4),
              test.text(1e4),
              floors.noise(system, "table1").text(),
              floors.single(system, false).precise(),
              floors.constant(system, "table1").text(),
              floors.excess(system, test.mean()),
              Durations.ofTraining(results, trainings),
              Durations.until(1e-4 * paper, results, trainings)));
    }
    document.table(
        List.of(
            "system",
            "paper, test",
            "ours, train",
            "ours, test",
            "noise alone",
            "best motion",
            "constant image",
            "excess",
            "seconds",
            "to the paper's"),
        rows);
    Failures.add(document, trainings(plan), results);
    for (String system : SYSTEMS) {
      Figure4.show(
          document,
          pictures,
          "figure7-" + system,
          results.example(plan.trainings(Variant.LEAPFROG, system)),
          1,
          "Reconstruction: " + system + ".");
    }
  }
}
