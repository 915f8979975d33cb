package hgn.random;

/**
 * Who draws from which streams, so that no two draw the same numbers, whatever their seeds: use
 * number u has the 2^48 streams from u 2^48 on.
 */
public enum Streams {
  /** Initial states and noise of rollouts; the rollout's index is the number within. */
  ROLLOUTS,
  /** Initial parameters, in the order in which they are made. */
  PARAMETERS,
  /** Orders of the training rollouts, by epoch. */
  ORDERS,
  /** Times that are decoded, by step. */
  TIMES,
  /** Noise on z in training, by step. */
  TRAINING_NOISE,
  /** Noise on z of the clips that a trained model predicts from, by clip. */
  PREDICTION_NOISE,
  /** z drawn from the prior. */
  PRIOR,
  /** Points of a density that flows are trained on, by step. */
  DENSITY_TRAINING,
  /** Points of a density that a flow is measured on. */
  DENSITY_TEST,
  /** What the best possible predictor's error is computed with, by film. */
  FLOOR,
  /** The order in which films that were read are split into sets. */
  FILMS;

  private static final int BITS = 48;

  /**
   * Stream number {@code i} of this use.
   *
   * @throws IllegalArgumentException if {@code i} is negative or 2^48 or more
   */
  public long at(long i) {
    if (i >>> BITS != 0) {
      throw new IllegalArgumentException(
          "[streams] " + this + " has streams 0 to 2^" + BITS + " - 1, got " + i);
    }
    return (long) ordinal() << BITS | i;
  }
}
