package hgn.testing.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.run.RunFolder;
import hgn.tensor.Backends;
import hgn.train.Experiment;
import hgn.train.Trainer;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether fewer products and another order of summation change training: 200 steps on the fastest
 * backend, compared with five seeds of the plain loops of backend jvm, which adds up every product
 * of every convolution.
 *
 * <p>The {@code quick} network, batch 2, 5 frames in and 4 out. Losses are averaged over 10 steps.
 * Among several curves of the same kind, each is the outermost somewhere, so the range of five is
 * no bound for a sixth. Instead each plain curve is compared with the other four: its largest
 * distance from their mean, in units of their own largest distance. The fast curve, compared with
 * the same four as the plain one of its seed, must not exceed the largest distance of the plain
 * curves. How often it leaves the range of all five is printed too. Its first step, before errors
 * can accumulate, must equal that of the same seed.
 *
 * <p>It takes some minutes and is therefore not among the tests that always run:
 *
 * <pre>mvn test -Dtest=LossCurveSpread</pre>
 */
@Tag("slow")
public class LossCurveSpread {
  private static final int STEPS = 200;
  private static final int WINDOW = 10;
  private static final int SEEDS = 5;

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
          public void evaluated(long done, Estimate test, boolean best) {
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

  /** A curve's largest distance from the mean of others, in units of their own largest distance. */
  private static double distance(double[] curve, List<double[]> others) {
    double farthest = 0;
    for (int i = 0; i < curve.length; i++) {
      int at = i;
      double mean = others.stream().mapToDouble(o -> o[at]).average().orElseThrow();
      double spread = others.stream().mapToDouble(o -> Math.abs(o[at] - mean)).max().orElseThrow();
      farthest = Math.max(farthest, Math.abs(curve[i] - mean) / spread);
    }
    return farthest;
  }

  private static long outside(double[] curve, List<double[]> plain) {
    return IntStream.range(0, curve.length)
        .filter(
            i ->
                plain.stream().allMatch(p -> p[i] < curve[i])
                    || plain.stream().allMatch(p -> p[i] > curve[i]))
        .count();
  }

  private static void print(String name, double[] curve) {
    System.out.print(name);
    for (double value : curve) {
      System.out.printf(Locale.ROOT, " %.2f", value * 1e4);
    }
    System.out.println();
  }

  @Test
  public void theFastCurveIsOneOfThePlainOnes() {
    double[] fast = losses(Backends.fastest().name(), 1);
    List<double[]> plain = new ArrayList<>();
    double first = 0;
    double farthest = 0;
    print("error x 1e4, fast:", smooth(fast));
    for (int seed = 1; seed <= SEEDS; seed++) {
      double[] curve = losses("jvm", seed);
      first = seed == 1 ? curve[0] : first;
      plain.add(smooth(curve));
      print("plain, seed " + seed + ":", plain.get(seed - 1));
    }
    for (double[] curve : plain) {
      List<double[]> others = plain.stream().filter(other -> other != curve).toList();
      farthest = Math.max(farthest, distance(curve, others));
    }
    double reached = distance(smooth(fast), plain.subList(1, SEEDS));
    double start = Math.abs(fast[0] - first) / first;
    System.out.printf(
        Locale.ROOT,
        "first step differs by %.1e; farthest from the other four at %.2f of their spread, the"
            + " plain curves at up to %.2f; outside of the range of all five %d times of %d%n",
        start,
        reached,
        farthest,
        outside(smooth(fast), plain),
        STEPS / WINDOW);
    assertTrue(start < 1e-5, "first step " + fast[0] + ", plain " + first);
    assertTrue(reached <= farthest, "distance " + reached + ", of plain curves " + farthest);
  }
}
