package hgn.density;

import hgn.random.PhiloxRandom;

/**
 * M isotropic Gaussians of equal weight 1/M and standard deviation s, with centres evenly spaced on
 * a circle around the origin: p(z) = mean over m of exp(-|z - c_m|^2 / 2 s^2) / (2 pi s^2).
 *
 * @param count M
 * @param radius radius of the circle
 * @param deviation s
 */
public record GaussianMixture(int count, double radius, double deviation) implements Density {
  @Override
  public String name() {
    return "mixture";
  }

  @Override
  public Point draw(PhiloxRandom random) {
    int m = (int) (random.nextDouble() * count);
    return new Point(
        centreX(m) + deviation * random.nextGaussian(),
        centreY(m) + deviation * random.nextGaussian());
  }

  @Override
  public double logDensity(double x, double y) {
    double[] terms = new double[count];
    for (int m = 0; m < count; m++) {
      terms[m] =
          LogSpace.gaussian(x - centreX(m), deviation)
              + LogSpace.gaussian(y - centreY(m), deviation);
    }
    return LogSpace.meanExp(terms);
  }

  @Override
  public double reach() {
    return radius + 4 * deviation;
  }

  private double centreX(int m) {
    return radius * Math.cos(2 * Math.PI * m / count);
  }

  private double centreY(int m) {
    return radius * Math.sin(2 * Math.PI * m / count);
  }
}
