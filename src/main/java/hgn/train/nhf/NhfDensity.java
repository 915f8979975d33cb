package hgn.train.nhf;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.density.LogSpace;
import hgn.nhf.NeuralHamiltonianFlow;
import hgn.nhf.NhfState;
import hgn.nn.Parameters;
import hgn.random.Streams;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;

/** Density estimates and samples of a trained flow on the plane. */
public final class NhfDensity {
  /** Points per batch. */
  private static final int ROWS = 4096;

  private final NeuralHamiltonianFlow model;
  private final long seed;

  /** Creates estimates of this flow; {@code seed} selects the noise. */
  public NhfDensity(NeuralHamiltonianFlow model, long seed) {
    this.model = model;
    this.seed = seed;
  }

  /**
   * Estimates for each point, in nats.
   *
   * @param bound lower bound of ln p(q): the mean of the log weights
   * @param logDensity estimate of ln p(q): the log of the mean weight; its expectation is also a
   *     lower bound, which rises to ln p(q) with the number of draws
   */
  public record Estimates(double[] bound, double[] logDensity) {}

  /**
   * Estimates the density.
   *
   * @param points x, y, x, y, ...
   * @param draws K, momentum samples per point
   */
  public Estimates estimate(double[] points, int draws) {
    int count = points.length / 2;
    double[] weights = logWeights(repeated(points, draws));
    double[] bound = new double[count];
    double[] logDensity = new double[count];
    for (int n = 0; n < count; n++) {
      double[] own = Arrays.copyOfRange(weights, n * draws, (n + 1) * draws);
      bound[n] = Arrays.stream(own).average().orElseThrow();
      logDensity[n] = LogSpace.meanExp(own);
    }
    return new Estimates(bound, logDensity);
  }

  private static double[] repeated(double[] points, int draws) {
    double[] repeated = new double[Math.multiplyExact(points.length, draws)];
    for (int row = 0; row < repeated.length / 2; row++) {
      System.arraycopy(points, row / draws * 2, repeated, 2 * row, 2);
    }
    return repeated;
  }

  private double[] logWeights(double[] points) {
    double[] weights = new double[points.length / 2];
    for (int from = 0; from < weights.length; from += ROWS) {
      int rows = Math.min(ROWS, weights.length - from);
      try (Arena arena = Arena.open("log weights");
          Tape.Mode off = Tape.pause()) {
        double[] part = Arrays.copyOfRange(points, 2 * from, 2 * (from + rows));
        Shape shape = Shape.of(rows, 2);
        Var q = Var.constant(tensor(shape, part));
        Var eps = normal(shape, Streams.PREDICTION_NOISE.at(from / ROWS));
        double[] found = model.logWeights(q, eps).value().toDoubles();
        System.arraycopy(found, 0, weights, from, rows);
      }
    }
    return weights;
  }

  /** Samples points from the flow: x, y, x, y, ... */
  public double[] sample(int count) {
    double[] points = new double[2 * count];
    for (int from = 0; from < count; from += ROWS) {
      Shape shape = Shape.of(Math.min(ROWS, count - from), 2);
      try (Arena arena = Arena.open("samples");
          Tape.Mode off = Tape.pause()) {
        long stream = 2L * (from / ROWS);
        Var q = normal(shape, Streams.PRIOR.at(stream));
        Var p = normal(shape, Streams.PRIOR.at(stream + 1));
        double[] moved = model.push(new NhfState(q, p)).q().value().toDoubles();
        System.arraycopy(moved, 0, points, 2 * from, moved.length);
      }
    }
    return points;
  }

  private Tensor tensor(Shape shape, double[] values) {
    Parameters parameters = model.parameters();
    return Tensor.of(parameters.backend(), parameters.dtype(), shape, values);
  }

  private Var normal(Shape shape, long stream) {
    return Var.constant(NhfStep.normal(model.parameters(), shape, seed, stream));
  }
}
