package hgn.nn;

import hgn.random.Philox;
import hgn.random.Streams;
import hgn.tensor.Shape;

/**
 * Initial values: uniform on ±gain/√fan_in, for weights and biases alike (with gain 1, PyTorch's
 * default for convolutions). Each parameter has its own Philox stream, so its values depend only on
 * the seed and its position.
 */
public final class Init {
  private final long seed;
  private long next;

  /** Draws under this seed, starting with the first parameter's stream. */
  public Init(long seed) {
    this.seed = seed;
  }

  /** Values for the next parameter. */
  public double[] uniform(Shape shape, int fanIn, double gain) {
    double[] values = new double[Math.toIntExact(shape.count())];
    Philox.uniform(seed, Streams.PARAMETERS.at(next++), values);
    double bound = gain / Math.sqrt(fanIn);
    for (int i = 0; i < values.length; i++) {
      values[i] = bound * (2 * values[i] - 1);
    }
    return values;
  }
}
