package hgn.train;

/**
 * A mean over rollouts.
 *
 * @param mean the mean
 * @param interval half the width of its 95 % confidence interval, 1.96 s / sqrt(n)
 * @param rollouts n
 */
public record Score(double mean, double interval, int rollouts) {
  /** A value that was measured as a whole, not rollout by rollout; it has no interval. */
  public static Score single(double value) {
    return new Score(value, 0, 1);
  }

  /**
   * The score of these values, one for each rollout.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Score of(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("[score] no rollouts were measured; measure at least one");
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double variance = values.length > 1 ? squares / (values.length - 1) : 0;
    return new Score(mean, 1.96 * Math.sqrt(variance / values.length), values.length);
  }
}
