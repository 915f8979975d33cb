package hgn.tensor;

/**
 * The Adam update (Kingma and Ba 2015), t counted from 1:
 *
 * <pre>
 * m &lt;- beta1 m + (1 - beta1) g,  v &lt;- beta2 v + (1 - beta2) g^2,
 * w &lt;- w - rate/(1 - beta1^t) m / (sqrt(v/(1 - beta2^t)) + epsilon)
 * </pre>
 *
 * with {@code weightDecay * w} added to g first.
 */
public record AdamRule(double beta1, double beta2, double epsilon, double weightDecay) {
  /** Number of values of a {@link #schedule}. */
  public static final int SCHEDULE = 2;

  /**
   * Returns the values that change from step to step: rate / (1 - beta1^t), and sqrt(1 - beta2^t),
   * by which sqrt(v) is divided. They are passed in a tensor so that a recorded step can be
   * replayed.
   */
  public double[] schedule(double rate, long t) {
    return new double[] {rate / (1 - Math.pow(beta1, t)), Math.sqrt(1 - Math.pow(beta2, t))};
  }
}
