package hgn.density;

import hgn.random.PhiloxRandom;

/** A probability density in the plane. */
public interface Density {
  /** Name in configurations. */
  String name();

  /** Draws a point. */
  Point draw(PhiloxRandom random);

  /** ln p(x, y), in nats. */
  double logDensity(double x, double y);

  /** Half the side of a square around the origin that contains nearly all of the mass. */
  double reach();

  /** A point in the plane. */
  record Point(double x, double y) {}

  /** Draws {@code count} points in sequence: x, y, x, y, ...... */
  default double[] points(PhiloxRandom random, int count) {
    double[] points = new double[2 * count];
    for (int i = 0; i < points.length; i += 2) {
      Point point = draw(random);
      points[i] = point.x();
      points[i + 1] = point.y();
    }
    return points;
  }

  /**
   * Returns the entropy -integral of p ln p in nats, by the midpoint rule on {@code cells} x {@code
   * cells} squares within the {@linkplain #reach reach}.
   */
  default double entropy(int cells) {
    double side = 2 * reach() / cells;
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        double log = logDensity((i + 0.5) * side - reach(), (j + 0.5) * side - reach());
        double p = Math.exp(log);
        sum += p > 0 ? p * log : 0;
      }
    }
    return -sum * side * side;
  }
}
