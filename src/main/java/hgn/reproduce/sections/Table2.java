package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.report.Document;
import hgn.report.LineChart;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import hgn.train.Experiment;
import hgn.train.LoadedRun;
import hgn.train.RunLoader;
import java.util.ArrayList;
import java.util.List;

/** Table 2: integrators on the pendulum, the paper's four and those of the released code. */
final class Table2 implements Section {
  private static final String SYSTEM = "pendulum";

  /** Twice the training length. */
  private static final int FRAMES = 60;

  private static final List<Variant> VARIANTS =
      List.of(
          Variant.EULER,
          Variant.RK4,
          Variant.LEAPFROG,
          Variant.YOSHIDA,
          Variant.PUBLISHED_RK4,
          Variant.PUBLISHED_LEAPFROG,
          Variant.PUBLISHED_YOSHIDA);

  @Override
  public String name() {
    return "table2";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    VARIANTS.forEach(variant -> all.addAll(plan.trainings(variant, SYSTEM)));
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Table 2: integrators on the pendulum");
    document.paragraph(
        "Reconstruction error times 10^4; standard deviation of the learnt H along a rollout, averaged over rollouts; the same relative to the deviation of H between rollouts, since a learnt H has no unit; and seconds to reconstruct a batch of 16. The \"published\" methods are those of the released code. Its leapfrog and Yoshida move q by p"
            + " instead of dH/dp: they do not follow the flow of H, so H need not be conserved. Its"
            + " RK4 evaluates the last stage at half the step, which reduces the order to 1.");
    document.table(
        List.of(
            "integrator",
            "paper, MSE",
            "paper, std of H",
            "paper, s",
            "ours, MSE",
            "ours, std of H",
            "ours, relative",
            "ours, s"),
        VARIANTS.stream().map(variant -> row(variant, plan, results)).toList());
    Failures.add(document, VARIANTS, SYSTEM, plan, results);
    LineChart chart = chart(plan, results);
    if (!chart.isEmpty()) {
      pictures.charts(
          document,
          "table2-energy",
          List.of(chart),
          "How far the learnt H strays from where it began, mean of some test rollouts, over the"
              + " standard deviation of H among them; beyond frame 30 no model was trained.");
    }
  }

  private static LineChart chart(Plan plan, Results results) {
    LineChart chart = new LineChart("H along rollouts", "frame", "|H - H(0)| / std of H");
    for (Variant variant : VARIANTS) {
      Outcome outcome = results.example(plan.trainings(variant, SYSTEM));
      if (outcome.succeeded()) {
        try (LoadedRun run = RunLoader.best(outcome.folder())) {
          Experiment experiment = run.experiment();
          double[] strayed = new ErrorOverTime(experiment).strayed(FRAMES);
          chart.add(variant.label(), ErrorOverTime.frames(FRAMES), strayed);
        }
      }
    }
    return chart;
  }

  private static List<String> row(Variant variant, Plan plan, Results results) {
    List<Training> trainings = plan.trainings(variant, SYSTEM);
    Published.Integration paper = Published.integration(variant);
    return List.of(
        variant.label(),
        paper == null ? "-" : Cells.decimals(paper.mse()),
        paper == null ? "-" : Cells.decimals(paper.deviation()),
        paper == null ? "-" : Cells.decimals(paper.seconds()),
        results.spread(trainings, MetricKeys.TEST).text(1e4),
        results.spread(trainings, MetricKeys.ENERGY_DEVIATION).significant(),
        results.spread(trainings, MetricKeys.RELATIVE_DEVIATION).significant(),
        results.spread(trainings, MetricKeys.RECONSTRUCTION_SECONDS).significant());
  }
}
