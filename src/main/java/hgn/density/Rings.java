package hgn.density;

import hgn.random.PhiloxRandom;

/**
 * Two rings around the origin, of equal weight. A point is r (cos a, sin a) with a uniform angle
 * and r = r_k + s n for standard normal n; a negative r gives the opposite direction, so with R =
 * |z|
 *
 * <pre>
 * p(z) = 1/(2 pi R) mean over k of [N(R; r_k, s) + N(-R; r_k, s)]
 * </pre>
 *
 * @param inner r_1
 * @param outer r_2
 * @param deviation s
 */
public record Rings(double inner, double outer, double deviation) implements Density {
  @Override
  public String name() {
    return "rings";
  }

  @Override
  public Point draw(PhiloxRandom random) {
    double middle = random.nextDouble() < 0.5 ? inner : outer;
    double angle = random.uniform(0, 2 * Math.PI);
    double r = middle + deviation * random.nextGaussian();
    return new Point(r * Math.cos(angle), r * Math.sin(angle));
  }

  /** Infinite at the origin, where all angles meet. */
  @Override
  public double logDensity(double x, double y) {
    double r = Math.hypot(x, y);
    double[] terms = {
      LogSpace.gaussian(r - inner, deviation),
      LogSpace.gaussian(-r - inner, deviation),
      LogSpace.gaussian(r - outer, deviation),
      LogSpace.gaussian(-r - outer, deviation)
    };
    // half of each of two sums: twice the mean of the four terms
    return Math.log(2) + LogSpace.meanExp(terms) - Math.log(2 * Math.PI * r);
  }

  @Override
  public double reach() {
    return outer + 4 * deviation;
  }
}
