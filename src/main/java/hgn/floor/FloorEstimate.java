package hgn.floor;

import org.hipparchus.stat.StatUtils;

/**
 * A mean over films.
 *
 * @param mean the mean; not a number if there are no films
 * @param interval half width of the 95 % interval, 1.96 s / sqrt(n), over films and the
 *     computation's random numbers, which differ between films
 * @param films n
 */
public record FloorEstimate(double mean, double interval, int films) {
  /** The mean of one value per film. */
  static FloorEstimate of(double[] values) {
    double mean = StatUtils.mean(values);
    double variance = values.length > 1 ? StatUtils.variance(values, mean) : 0;
    return new FloorEstimate(mean, 1.96 * Math.sqrt(variance / values.length), values.length);
  }

  /** Lower end of the interval. */
  public double low() {
    return mean - interval;
  }

  /** Upper end of the interval. */
  public double high() {
    return mean + interval;
  }
}
