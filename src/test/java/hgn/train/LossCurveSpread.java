package hgn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Backends;
import hgn.train.config.Config;
import hgn.train.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether fewer products and another order of sums change what training does: 200 steps on the
 * fastest backend against five seeds of the plain loops of backend jvm, which adds up every product
 * of every convolution.
 *
 * <p>The {@code quick} network, batch 2, 5 frames in and 4 out. Losses are averaged over 10 steps.
 * Everywhere the fast curve may be as far from the mean of the five as the farthest of them, and
 * its first step, where nothing has had the time to differ, must be that of the same seed.
 *
 * <p>It takes some minutes and is therefore not among the tests that always run:
 *
 * <pre>mvn test -Dtest=LossCurveSpread</pre>
 */
@Tag("slow")
class LossCurveSpread {
  private static final int STEPS = 200;
  private static final int WINDOW = 10;
  private static final int SEEDS = 5;

  /** Of the largest distance: the fast curve starts as one of the five, which may be that one. */
  private static final double ROUNDING = 1e-3;

  @TempDir Path runs;

  private double[] losses(String backend, int seed) {
    Config config =
        ConfigLoader.load(
            null,
            List.of(
                "engine.backend=" + backend,
                "train.seed=" + seed,
                "train.steps=" + STEPS,
                "train.batch=2",
                "train.decode-frames=0",
                "train.evaluate-every=0",
                "train.log-every=1",
                "model.frames-out=4",
                "data.train-rollouts=200"));
    double[] losses = new double[STEPS];
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(long done, long total, TrainingStep.Losses of) {
            losses[(int) done - 1] = of.mse();
          }

          @Override
          public void evaluated(long done, Score test, boolean best) {
            // only the losses count here
          }
        };
    try (Experiment experiment = new Experiment(config)) {
      RunFolder folder = RunFolder.create(runs, backend + "-" + seed);
      assertTrue(new Trainer(experiment, folder, listener).start().finished());
    }
    return losses;
  }

  private static double[] smooth(double[] losses) {
    double[] means = new double[STEPS / WINDOW];
    for (int i = 0; i < means.length; i++) {
      means[i] = Arrays.stream(losses, i * WINDOW, (i + 1) * WINDOW).average().orElseThrow();
    }
    return means;
  }

  @Test
  void theFastCurveIsOneOfThePlainOnes() {
    double[] fast = losses(Backends.fastest().name(), 1);
    double[] fastMeans = smooth(fast);
    double[][] plain = new double[SEEDS][];
    double first = 0;
    for (int i = 0; i < SEEDS; i++) {
      double[] curve = losses("jvm", i + 1);
      first = i == 0 ? curve[0] : first;
      plain[i] = smooth(curve);
    }
    System.out.println("steps until, fast, least and largest of five plain: error x 1e4");
    double worst = 0;
    for (int i = 0; i < fastMeans.length; i++) {
      int at = i;
      double[] here = Arrays.stream(plain).mapToDouble(curve -> curve[at]).toArray();
      double mean = Arrays.stream(here).average().orElseThrow();
      double least = Arrays.stream(here).min().orElseThrow();
      double largest = Arrays.stream(here).max().orElseThrow();
      double spread = Math.max(largest - mean, mean - least);
      worst = Math.max(worst, Math.abs(fastMeans[i] - mean) / spread);
      System.out.printf(
          Locale.ROOT,
          "%4d %8.3f %8.3f %8.3f%n",
          (i + 1) * WINDOW,
          fastMeans[i] * 1e4,
          least * 1e4,
          largest * 1e4);
    }
    double start = Math.abs(fast[0] - first) / first;
    System.out.printf(
        Locale.ROOT, "first step differs by %.1e, farthest at %.2f of the spread%n", start, worst);
    assertTrue(start < 1e-5, "first step " + fast[0] + ", plain " + first);
    assertTrue(worst <= 1 + ROUNDING, "farthest at " + worst + " of the spread");
  }
}
