package hgn.density;

import hgn.random.PhiloxRandom;

/**
 * Two interlocking half circles of equal weight, with isotropic Gaussian noise of standard
 * deviation s: points c(a) = (R cos a - R/2, R sin a - R/4) for a uniform in [0, pi], and -c(a).
 *
 * <p>The density is an integral over a, which has no closed form; the midpoint rule gives it to a
 * relative error of about (h/s)^2/24 for nodes h apart.
 *
 * @param radius R
 * @param deviation s
 */
public record Moons(double radius, double deviation) implements Density {
  private static final int NODES = 1000;

  @Override
  public String name() {
    return "moons";
  }

  @Override
  public Point draw(PhiloxRandom random) {
    double sign = random.nextDouble() < 0.5 ? 1 : -1;
    double angle = random.uniform(0, Math.PI);
    return new Point(
        sign * arcX(angle) + deviation * random.nextGaussian(),
        sign * arcY(angle) + deviation * random.nextGaussian());
  }

  @Override
  public double logDensity(double x, double y) {
    double[] terms = new double[2 * NODES];
    for (int k = 0; k < NODES; k++) {
      double angle = Math.PI * (k + 0.5) / NODES;
      terms[k] =
          LogSpace.gaussian(x - arcX(angle), deviation)
              + LogSpace.gaussian(y - arcY(angle), deviation);
      terms[NODES + k] =
          LogSpace.gaussian(x + arcX(angle), deviation)
              + LogSpace.gaussian(y + arcY(angle), deviation);
    }
    return LogSpace.meanExp(terms);
  }

  @Override
  public double reach() {
    return 1.5 * radius + 4 * deviation;
  }

  private double arcX(double angle) {
    return radius * Math.cos(angle) - radius / 2;
  }

  private double arcY(double angle) {
    return radius * Math.sin(angle) - radius / 4;
  }
}
