package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.report.Document;
import hgn.report.LineChart;
import hgn.reproduce.Budget;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import hgn.train.Experiment;
import hgn.train.LoadedRun;
import hgn.train.RunLoader;
import java.util.ArrayList;
import java.util.List;

/** Integrator modelling: comparison with a model without a Hamiltonian, on the pendulum. */
final class Modelling implements Section {
  private static final String SYSTEM = "pendulum";

  /** Twice the training length. */
  private static final int FRAMES = 60;

  /**
   * The variants compared. The last has the form of energy, joint or separable, that the main model
   * does not have.
   */
  private static List<Variant> variants(Plan plan) {
    Variant other = plan.budget() == Budget.PAPER ? Variant.SEPARABLE : Variant.JOINT;
    return List.of(Variant.MODELLING, Variant.EULER, Variant.LEAPFROG, other);
  }

  private static final List<String> ERRORS =
      List.of(
          MetricKeys.TRAIN,
          MetricKeys.TEST,
          MetricKeys.SLOW,
          MetricKeys.FAST,
          MetricKeys.BACKWARD,
          MetricKeys.BEYOND);

  private static final List<String> LASTING =
      List.of(
          MetricKeys.HORIZON,
          MetricKeys.HORIZON_BACKWARD,
          MetricKeys.FILM_ENERGY,
          MetricKeys.FILM_ENERGY_BACKWARD);

  @Override
  public String name() {
    return "modelling";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    variants(plan).forEach(variant -> all.addAll(plan.trainings(variant, SYSTEM)));
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Integrator modelling, on the pendulum");
    document.paragraph(
        "Errors times 10^4. The paper has 14.85 (train), 14.93 (test) and 8 at half speed for"
            + " the modelling network, and 9 at half speed for HGN. It did not measure backward and"
            + " beyond the horizon.");
    document.table(
        List.of("model", "train", "test", "half speed", "double speed", "backward", "beyond"),
        rows(plan, results, 1e4, ERRORS));
    document.paragraph(
        "Valid prediction times as fractions of 60 frames, in both directions, and the energy"
            + " in the second half of such a film relative to the first, from the disc's position in"
            + " the frames; in true films "
            + results
                .spread(plan.trainings(Variant.LEAPFROG, SYSTEM), MetricKeys.TRUE_FILM_ENERGY)
                .text(1)
            + ".");
    document.table(
        List.of("model", "holds forward", "holds backward", "energy kept", "kept backward"),
        rows(plan, results, 1, LASTING));
    Failures.add(document, variants(plan), SYSTEM, plan, results);
    pictures.charts(
        document,
        "modelling-errors",
        List.of(chart("forward", 1, plan, results), chart("backward in time", -1, plan, results)),
        "Error of each frame, mean of some test rollouts; beyond frame 30 no model was trained.");
    for (Variant variant : List.of(Variant.MODELLING, Variant.LEAPFROG)) {
      Figure4.show(
          document,
          pictures,
          "modelling-" + variant.key(),
          results.example(plan.trainings(variant, SYSTEM)),
          -1,
          variant.label() + ", backward in time.");
    }
  }

  private static LineChart chart(String title, double pace, Plan plan, Results results) {
    LineChart chart = new LineChart("error " + title, "frame", "MSE per pixel");
    for (Variant variant : variants(plan)) {
      Outcome outcome = results.example(plan.trainings(variant, SYSTEM));
      if (outcome.succeeded()) {
        try (LoadedRun run = RunLoader.best(outcome.folder())) {
          Experiment experiment = run.experiment();
          double[] errors = new ErrorOverTime(experiment).errors(FRAMES, pace);
          chart.add(variant.label(), ErrorOverTime.frames(FRAMES), errors);
        }
      }
    }
    return chart;
  }

  private static List<List<String>> rows(
      Plan plan, Results results, double unit, List<String> values) {
    List<List<String>> rows = new ArrayList<>();
    for (Variant variant : variants(plan)) {
      List<String> row = new ArrayList<>(List.of(variant.label()));
      List<Training> trainings = plan.trainings(variant, SYSTEM);
      values.forEach(value -> row.add(results.spread(trainings, value).text(unit)));
      rows.add(row);
    }
    return rows;
  }
}
