package hgn.physics;

import hgn.random.PhiloxRandom;

/** Distributions of initial states that several systems share. */
public final class InitialStates {
  private InitialStates() {}

  /** A point uniform on the circle of radius {@code radius}: a normalised Gaussian vector. */
  public static double[] onCircle(PhiloxRandom rng, double radius) {
    double x;
    double y;
    double norm;
    do {
      x = rng.nextGaussian();
      y = rng.nextGaussian();
      norm = Math.sqrt(x * x + y * y);
    } while (norm == 0);
    return new double[] {radius * x / norm, radius * y / norm};
  }

  /**
   * Draws every pair (q_i, p_i) uniformly on a circle; all have the same radius r ~ U(min, max).
   *
   * @param degreesOfFreedom n, the number of pairs
   * @return (q_0..q_{n-1}, p_0..p_{n-1})
   */
  public static double[] pairsOnCircles(
      PhiloxRandom rng, double minRadius, double maxRadius, int degreesOfFreedom) {
    double radius = rng.uniform(minRadius, maxRadius);
    double[] s = new double[2 * degreesOfFreedom];
    for (int i = 0; i < degreesOfFreedom; i++) {
      double[] pair = onCircle(rng, radius);
      s[i] = pair[0];
      s[degreesOfFreedom + i] = pair[1];
    }
    return s;
  }
}
