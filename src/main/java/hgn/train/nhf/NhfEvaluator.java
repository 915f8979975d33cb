package hgn.train.nhf;

import hgn.density.Density;
import hgn.random.PhiloxRandom;
import hgn.random.Streams;
import java.util.Arrays;

/** Measures a flow on held-out points, which depend only on the seed. */
public final class NhfEvaluator {
  private final Density density;
  private final NhfDensity learnt;
  private final double[] points;
  private final int draws;

  /** Creates an evaluator on {@code count} points with {@code draws} momentum samples each. */
  public NhfEvaluator(NhfExperiment experiment, int count, int draws) {
    long seed = experiment.config().train().seed();
    this.density = experiment.density();
    this.learnt = new NhfDensity(experiment.model(), seed);
    this.points = density.points(new PhiloxRandom(seed, Streams.DENSITY_TEST.at(0)), count);
    this.draws = draws;
  }

  /** Measures the flow with its current parameters. */
  public NhfScore score() {
    NhfDensity.Estimates estimates = learnt.estimate(points, draws);
    int count = points.length / 2;
    double[] truth = new double[count];
    double[] excess = new double[count];
    for (int n = 0; n < count; n++) {
      truth[n] = density.logDensity(points[2 * n], points[2 * n + 1]);
      excess[n] = truth[n] - estimates.logDensity()[n];
    }
    double mean = mean(excess);
    double squares = Arrays.stream(excess).map(e -> (e - mean) * (e - mean)).sum();
    double interval = 1.96 * Math.sqrt(squares / (count - 1) / count);
    return new NhfScore(
        -mean(truth),
        -mean(estimates.logDensity()),
        mean(estimates.bound()),
        mean,
        interval,
        count,
        draws);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
