package hgn.floor;

import org.hipparchus.stat.StatUtils;

/**
 * A mean over films.
 *
 * @param mean the mean; not a number if there are no films
 * @param interval half the width of its 95 % interval, 1.96 s / sqrt(n): over the films and over
 *     the random numbers of the computation, which are others for each film
 * @param films n
 */
public record FloorEstimate(double mean, double interval, int films) {
  /** The mean of these values, one for each film. */
  static FloorEstimate of(double[] values) {
    double mean = StatUtils.mean(values);
    double variance = values.length > 1 ? StatUtils.variance(values, mean) : 0;
    return new FloorEstimate(mean, 1.96 * Math.sqrt(variance / values.length), values.length);
  }

  /** Least value of the interval. */
  public double low() {
    return mean - interval;
  }

  /** Largest value of the interval. */
  public double high() {
    return mean + interval;
  }
}
