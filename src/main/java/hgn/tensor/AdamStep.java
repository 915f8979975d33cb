package hgn.tensor;

/**
 * Constants of one Adam update (Kingma and Ba 2015), t counted from 1:
 *
 * <pre>
 * m &lt;- beta1 m + (1 - beta1) g,  v &lt;- beta2 v + (1 - beta2) g^2,
 * w &lt;- w - rate/(1 - beta1^t) m / (sqrt(v/(1 - beta2^t)) + epsilon)
 * </pre>
 *
 * with {@code weightDecay * w} added to g first.
 */
public record AdamStep(
    double rate, double beta1, double beta2, double epsilon, double weightDecay, long t) {
  /** rate / (1 - beta1^t). */
  public double correctedRate() {
    return rate / (1 - Math.pow(beta1, t));
  }

  /** sqrt(1 - beta2^t), by which sqrt(v) is divided. */
  public double correctedRoot() {
    return Math.sqrt(1 - Math.pow(beta2, t));
  }
}
