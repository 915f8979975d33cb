package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.report.Curve;
import hgn.report.Document;
import hgn.report.LineChart;
import hgn.report.MetricsCurves;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** Figure 6: GECO's rate, on the pendulum. */
final class Figure6 implements Section {
  private static final String SYSTEM = "pendulum";
  private static final List<String> RATES = List.of("0.1", "0.05", "0.01");

  @Override
  public String name() {
    return "figure6";
  }

  private static List<Training> trainings(Plan plan, String rate) {
    // The sweep is one of the paper's objective, whatever the budget's presets choose.
    return plan.trainings(
        Variant.LEAPFROG,
        SYSTEM,
        "-geco" + rate,
        List.of(
            "train.objective=geco",
            "train.geco.rate=" + rate,
            "train.geco.tolerance=0.033",
            "train.geco.alpha=0.99",
            "train.geco.lambda=1",
            "train.aggregate-weight=0"));
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    RATES.forEach(rate -> all.addAll(trainings(plan, rate)));
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Figure 6: the rate of GECO's multiplier, on the pendulum");
    List<List<String>> rows = new ArrayList<>();
    LineChart errors = new LineChart("reconstruction error", "step", "MSE per pixel");
    LineChart divergences = new LineChart("divergence from the prior", "step", "KL per value");
    for (String rate : RATES) {
      List<Training> trainings = trainings(plan, rate);
      Outcome example = results.example(trainings);
      rows.add(
          List.of(
              rate,
              results.spread(trainings, MetricKeys.TEST).text(1e4),
              results.spread(trainings, MetricKeys.DIVERGENCE).text(1)));
      if (example.succeeded()) {
        for (Curve curve : MetricsCurves.read(example.folder().metrics())) {
          if (curve.name().startsWith("MSE")) {
            errors.add("rate " + rate, curve.steps(), curve.values());
          } else if (curve.name().startsWith("KL")) {
            divergences.add("rate " + rate, curve.steps(), curve.values());
          }
        }
      }
    }
    document.table(List.of("rate", "test MSE, 1e-4", "KL, nats"), rows);
    Failures.add(document, trainings(plan), results);
    if (!errors.isEmpty()) {
      pictures.charts(
          document,
          "figure6",
          List.of(errors, divergences),
          "Error of reconstruction and KL along training.");
    }
  }
}
