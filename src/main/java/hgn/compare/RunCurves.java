package hgn.compare;

import hgn.images.Drawing;
import hgn.report.Curve;
import hgn.report.LineChart;
import hgn.report.LossCurves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How runs learnt: each metric in a panel of its own, with a line for each run. */
final class RunCurves {
  private static final String VALIDATION = "validation_mse";

  private final List<ComparedRun> runs;
  private final List<LineChart> charts = new ArrayList<>();

  private RunCurves(List<ComparedRun> runs) {
    this.runs = runs;
  }

  /** Draws the curves as a PNG; false if there is none to draw, or it cannot be drawn here. */
  static boolean write(List<ComparedRun> runs, Path file) {
    RunCurves curves = new RunCurves(runs);
    return Drawing.attempt(() -> curves.draw(file)) && !curves.charts.isEmpty();
  }

  private void draw(Path file) {
    add("validation MSE", "step", run -> run.overSteps(VALIDATION));
    add("validation MSE", "seconds of training", run -> run.overSeconds(VALIDATION));
    add("MSE of batches, running mean", "step", run -> smoothed(run.overSteps("mse")));
    add("KL of batches, running mean", "step", run -> smoothed(run.overSteps("kl")));
    add("latent terms of batches", "step", run -> smoothed(run.overSteps("latent")));
    if (!charts.isEmpty()) {
      LineChart.write(file, charts);
    }
  }

  private static Optional<Curve> smoothed(Optional<Curve> curve) {
    return curve.map(LossCurves::smoothed);
  }

  private void add(String title, String x, Function<ComparedRun, Optional<Curve>> metric) {
    LineChart chart = new LineChart(title, x, "");
    for (ComparedRun run : runs) {
      metric
          .apply(run)
          .filter(curve -> Arrays.stream(curve.values()).anyMatch(RunCurves::isShown))
          .ifPresent(curve -> chart.add(run.mark(), curve.steps(), curve.values()));
    }
    if (!chart.isEmpty()) {
      charts.add(chart);
    }
  }

  private static boolean isShown(double value) {
    return value > 0 && Double.isFinite(value);
  }
}
