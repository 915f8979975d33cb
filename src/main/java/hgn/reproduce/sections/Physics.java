package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.report.Document;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the models of Table 1's last row have learnt the dynamics: errors backward in time, at
 * other speeds and beyond the training horizon, with the same parameters.
 */
final class Physics implements Section {
  @Override
  public String name() {
    return "physics";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    return plan.onEachSystem(Variant.LEAPFROG);
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Whether it is physics");
    document.paragraph(
        "HGN (leapfrog) with the parameters of Table 1: test errors times 10^4 of"
            + " reconstruction, backward in time from the first frame, at half and double speed, and"
            + " on frames 31 to 60; for comparison each film's own mean frame, the best static"
            + " prediction.");
    List<List<String>> errors = new ArrayList<>();
    List<List<String>> states = new ArrayList<>();
    for (PhysicalSystem system : Systems.all()) {
      String name = system.name();
      List<Training> trainings = plan.trainings(Variant.LEAPFROG, name);
      errors.add(
          List.of(
              name,
              floors.noise(name, "table1").text(),
              error(results, trainings, MetricKeys.TEST),
              error(results, trainings, MetricKeys.BACKWARD),
              error(results, trainings, MetricKeys.SLOW),
              error(results, trainings, MetricKeys.FAST),
              error(results, trainings, MetricKeys.BEYOND),
              error(results, trainings, MetricKeys.STATIC)));
      states.add(
          List.of(
              name,
              results.spread(trainings, MetricKeys.SYMETRIC).text(1),
              results.spread(trainings, MetricKeys.DETERMINATION).text(1),
              results.spread(trainings, MetricKeys.CANONICITY).text(1),
              results.spread(trainings, MetricKeys.RELATIVE_DEVIATION).significant()));
    }
    document.table(
        List.of(
            "system",
            "noise",
            "test",
            "backward",
            "half speed",
            "double speed",
            "frames 31-60",
            "mean frame"),
        errors);
    document.paragraph(
        "The learnt states: SyMetric is 1 if polynomials of them fit the true states (R^2"
            + " above 0.9) by a canonical map (Sym below 0.05). H strays: the standard deviation of"
            + " the learnt H along a rollout, relative to that between rollouts.");
    document.table(List.of("system", "SyMetric", "R^2", "Sym", "H strays"), states);
    Failures.add(document, trainings(plan), results);
  }

  private static String error(Results results, List<Training> trainings, String value) {
    return results.spread(trainings, value).text(1e4);
  }
}
