package hgn.reproduce;

import java.util.Locale;

/**
 * A value over several seeds.
 *
 * @param mean over them, NaN without any
 * @param deviation standard deviation, NaN with fewer than two
 * @param seeds how many there are
 */
record Spread(double mean, double deviation, int seeds) {
  static Spread of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = values.length == 0 ? Double.NaN : sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new Spread(mean, deviation, values.length);
  }

  /** The mean with three digits. */
  String significant() {
    return seeds == 0 ? "-" : String.format(Locale.ROOT, "%.3g", mean);
  }

  /** Mean and, where there is one, deviation, both times {@code unit}, with two decimals. */
  String text(double unit) {
    if (seeds == 0) {
      return "-";
    }
    String text = String.format(Locale.ROOT, "%.2f", unit * mean);
    return Double.isNaN(deviation)
        ? text
        : text + String.format(Locale.ROOT, " ± %.2f", unit * deviation);
  }
}
