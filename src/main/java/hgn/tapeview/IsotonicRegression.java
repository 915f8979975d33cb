package hgn.tapeview;

/**
 * Isotonic regression: y_1 &lt;= y_2 &lt;= ... with the least sum of weight_i (y_i - wanted_i)^2,
 * by pooling adjacent violators to their mean.
 */
final class IsotonicRegression {
  private IsotonicRegression() {}

  /**
   * Returns the fitted numbers.
   *
   * @param weights positive
   */
  static double[] fit(double[] wanted, double[] weights) {
    int count = wanted.length;
    double[] mean = new double[count];
    double[] weight = new double[count];
    int[] size = new int[count];
    int last = -1;
    for (int i = 0; i < count; i++) {
      last++;
      mean[last] = wanted[i];
      weight[last] = weights[i];
      size[last] = 1;
      while (last > 0 && mean[last - 1] >= mean[last]) {
        double both = weight[last - 1] + weight[last];
        mean[last - 1] = (mean[last - 1] * weight[last - 1] + mean[last] * weight[last]) / both;
        weight[last - 1] = both;
        size[last - 1] += size[last];
        last--;
      }
    }
    double[] row = new double[count];
    int at = 0;
    for (int pool = 0; pool <= last; pool++) {
      for (int i = 0; i < size[pool]; i++) {
        row[at++] = mean[pool];
      }
    }
    return row;
  }
}
