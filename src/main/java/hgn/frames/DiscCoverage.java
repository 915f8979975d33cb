package hgn.frames;

import org.hipparchus.util.FastMath;

/**
 * Exact area of unit pixels that a disc of radius r covers.
 *
 * <p>Let F(x, y) be the disc's area left of x and above y, with the origin at the disc's centre.
 * The covered area of a pixel is the mixed difference of F over its four corners. With the strip
 * S(u) = integral from 0 to u of sqrt(r^2 - t^2) dt = (u sqrt(r^2 - u^2) + r^2 asin(u / r)) / 2,
 * |u| <= r, cutting the plane at the axes gives
 *
 * <pre>
 * x^2 + y^2 <= r^2:  F = pi r^2 / 4 + S(x) + S(y) + x y
 * outside, x, y > 0: F = 2 S(x) + 2 S(y)
 * outside, x > 0 > y: F = pi r^2 / 2 + 2 S(y), and likewise with x and y exchanged
 * outside, x, y < 0: F = 0
 * </pre>
 *
 * where x and y are first clamped to [-r, r]. The arc sine is thus needed once per grid line, not
 * once per corner.
 */
final class DiscCoverage {
  private DiscCoverage() {}

  /**
   * The grid lines from pixel {@code begin} to {@code end} inclusive, relative to a disc's centre,
   * with their S.
   */
  static final class Edges {
    private final double radius;
    private final double[] line;
    private final double[] strip;

    Edges(double centre, double radius, int begin, int end) {
      this.radius = radius;
      line = new double[end - begin + 1];
      strip = new double[line.length];
      for (int i = 0; i < line.length; i++) {
        double u = Math.max(-radius, Math.min(radius, begin + i - centre));
        line[i] = u;
        strip[i] =
            (u * Math.sqrt(radius * radius - u * u) + radius * radius * FastMath.asin(u / radius))
                / 2;
      }
    }
  }

  /**
   * Covered fraction, in [0, 1], of the pixel between lines j, j+1 of {@code columns} and i, i+1 of
   * {@code rows}.
   */
  static double of(Edges columns, int j, Edges rows, int i) {
    double area =
        corner(columns, j + 1, rows, i + 1)
            - corner(columns, j, rows, i + 1)
            - corner(columns, j + 1, rows, i)
            + corner(columns, j, rows, i);
    return Math.max(0, Math.min(1, area));
  }

  private static double corner(Edges columns, int j, Edges rows, int i) {
    double x = columns.line[j];
    double y = rows.line[i];
    double r2 = columns.radius * columns.radius;
    if (x * x + y * y <= r2) {
      return Math.PI * r2 / 4 + columns.strip[j] + rows.strip[i] + x * y;
    }
    if (x > 0) {
      return 2 * rows.strip[i] + (y > 0 ? 2 * columns.strip[j] : Math.PI * r2 / 2);
    }
    return y > 0 ? Math.PI * r2 / 2 + 2 * columns.strip[j] : 0;
  }
}
