package hgn.reproduce.sections;

import java.util.Locale;
import org.hipparchus.stat.StatUtils;

/**
 * A value over several seeds.
 *
 * @param mean mean, NaN if there are no values or one is missing
 * @param deviation standard deviation, NaN for fewer than two seeds
 * @param seeds number of seeds
 */
record SeedSpread(double mean, double deviation, int seeds) {
  static SeedSpread of(double[] values) {
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
    return new SeedSpread(StatUtils.mean(values), deviation, values.length);
  }

  /**
   * As {@link #text} without scaling, with three significant digits of the mean and two of the
   * deviation.
   */
  String significant() {
    return text("%.3g", " ± %.2g", 1);
  }

  /**
   * Mean and, if defined, deviation, both times {@code unit}, with two decimals; a dash for NaN.
   */
  String text(double unit) {
    return text("%.2f", " ± %.2f", unit);
  }

  private String text(String ofMean, String ofDeviation, double unit) {
    if (Double.isNaN(mean)) {
      return "-";
    }
    String text = String.format(Locale.ROOT, ofMean, unit * mean);
    return Double.isNaN(deviation)
        ? text
        : text + String.format(Locale.ROOT, ofDeviation, unit * deviation);
  }
}
