package hgn.physics;

import hgn.random.PhiloxRandom;

/** Ways of drawing initial states that several systems share. */
final class InitialStates {
  private InitialStates() {}

  /**
   * A point uniform on the circle of radius r ~ U(min, max): r times a normalised Gaussian vector.
   */
  static double[] onCircle(PhiloxRandom rng, double minRadius, double maxRadius) {
    double radius = rng.uniform(minRadius, maxRadius);
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
}
