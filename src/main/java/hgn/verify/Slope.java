package hgn.verify;

import java.util.Arrays;

/** Linear regression. */
final class Slope {
  private Slope() {}

  /** Least-squares slope; NaN with fewer than two points. */
  static double slope(double[] x, double[] y) {
    if (x.length < 2) {
      return Double.NaN;
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (int i = 0; i < x.length; i++) {
      above += (x[i] - meanX) * (y[i] - meanY);
      below += (x[i] - meanX) * (x[i] - meanX);
    }
    return above / below;
  }
}
