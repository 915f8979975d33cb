package hgn.predict;

import org.hipparchus.stat.StatUtils;

/**
 * A mean over rollouts.
 *
 * @param mean the mean
 * @param interval half width of the 95 % confidence interval, 1.96 s / sqrt(n); NaN if there is
 *     none, as of a single rollout
 * @param rollouts n
 */
public record Estimate(double mean, double interval, int rollouts) {
  /** A value without samples per rollout, and so without an interval. */
  public static Estimate single(double value) {
    return new Estimate(value, Double.NaN, 1);
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return Double.isFinite(interval);
  }

  /**
   * The estimate from one value per rollout.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static Estimate of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("[score] no rollouts were measured; measure at least one");
    }
    double mean = StatUtils.mean(values);
    double variance = values.length > 1 ? StatUtils.variance(values, mean) : Double.NaN;
    return new Estimate(mean, 1.96 * Math.sqrt(variance / values.length), values.length);
  }
}
