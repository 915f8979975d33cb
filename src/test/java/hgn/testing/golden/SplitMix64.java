package hgn.testing.golden;

import hgn.tensor.Shape;

/** The generator of those parameters that the references do not store. */
public final class SplitMix64 {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private long state;

  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** The next 64 raw bits. */
  public long next() {
    state += STEP;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next value between -bound and bound, rounded to float32. */
  public double uniform(double bound) {
    double u = (next() >>> 40) * 0x1p-24;
    return (float) ((2 * u - 1) * bound);
  }

  /** The next values between -bound and bound, row-major. */
  public GoldenArray array(Shape shape, double bound) {
    double[] values = new double[(int) shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = uniform(bound);
    }
    return new GoldenArray(shape, values);
  }
}
