package hgn.random;

/**
 * Assigns random streams to their uses, so that no two uses draw the same numbers under any seed:
 * the use with ordinal u owns the 2^48 streams that start at u 2^48.
 */
public enum Streams {
  /** Initial states and noise of rollouts, by index of the rollout. */
  ROLLOUTS,
  /** Initial parameters, in order of creation. */
  PARAMETERS,
  /** Shuffled orders of the training rollouts, by epoch. */
  ORDERS,
  /** Time steps that are decoded, by training step. */
  TIMES,
  /** Posterior noise of z in training, by training step. */
  TRAINING_NOISE,
  /** Posterior noise of z in prediction, by clip. */
  PREDICTION_NOISE,
  /** z drawn from the prior. */
  PRIOR,
  /** Samples of a target density that a flow is trained on, by training step. */
  DENSITY_TRAINING,
  /** Samples of a target density that a flow is evaluated on. */
  DENSITY_TEST,
  /** Samples that estimate the best possible predictor's error, by film. */
  FLOOR,
  /** The shuffled order in which recorded films are split into sets. */
  FILMS;

  private static final int BITS = 48;

  /**
   * Returns stream {@code i} of this use.
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
