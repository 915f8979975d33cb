package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.report.Document;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** Table 1: reconstruction errors of six models on four systems. */
final class Table1 implements Section {
  static final List<String> SYSTEMS = List.of("mass-spring", "pendulum", "two-body", "three-body");

  static final List<Variant> VARIANTS =
      List.of(
          Variant.HNN,
          Variant.HNN_CONV,
          Variant.EULER,
          Variant.DETERMINISTIC,
          Variant.NO_TRANSFORMER,
          Variant.LEAPFROG);

  @Override
  public String name() {
    return "table1";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    // The main model comes first, so that a campaign stopped early has the most useful results.
    List<Variant> order = new ArrayList<>(VARIANTS);
    java.util.Collections.reverse(order);
    for (Variant variant : order) {
      SYSTEMS.forEach(system -> all.addAll(plan.trainings(variant, system)));
    }
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Table 1: error of reconstruction");
    document.paragraph(
        "Mean squared error per pixel, times 10^4, of the reconstruction of 30 frames, on"
            + " training and test rollouts, on table1 data with all frames as input; ± is the"
            + " standard deviation over seeds. Excess is the position of the test error between"
            + " noise alone (0) and the best constant image (1). A model that sees its target frames"
            + " may copy a little of their noise, so the best motion lies slightly below the noise."
            + " Seconds are those of the whole training, and those until the validation error was"
            + " first at or below that of the paper's HGN (leapfrog).");
    for (String system : SYSTEMS) {
      document.part(system);
      document.paragraph(
          "Noise alone "
              + floors.noise(system, "table1").text()
              + ", best motion "
              + floors.single(system, false).precise()
              + ", best constant image "
              + floors.constant(system, "table1").text()
              + ".");
      document.table(
          List.of(
              "model",
              "original, test",
              "paper, train",
              "paper, test",
              "ours, train",
              "ours, test",
              "excess",
              "seeds",
              "seconds",
              "to the paper's"),
          VARIANTS.stream().map(variant -> row(variant, system, plan, results, floors)).toList());
      Failures.add(document, VARIANTS, system, plan, results);
    }
  }

  private static List<String> row(
      Variant variant, String system, Plan plan, Results results, ErrorBoundsTable floors) {
    List<Training> trainings = plan.trainings(variant, system);
    Published.Errors paper = Published.paper(variant, system);
    Published.Errors original = Published.original(variant, system);
    SeedSpread test = results.spread(trainings, MetricKeys.TEST);
    return List.of(
        variant.label(),
        original == null ? "-" : Cells.decimals(original.test()),
        paper == null ? "-" : Cells.decimals(paper.train()),
        paper == null ? "-" : Cells.decimals(paper.test()),
        results.spread(trainings, MetricKeys.TRAIN).text(1e4),
        test.text(1e4),
        floors.excess(system, test.mean()),
        Integer.toString(test.seeds()),
        Durations.ofTraining(results, trainings),
        Durations.until(1e-4 * Published.leapfrog(system), results, trainings));
  }
}
