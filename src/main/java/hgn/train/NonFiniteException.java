package hgn.train;

import hgn.predict.PredictionException;

/** Thrown if a number in training is not finite. The message says where. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;

  /** {@code term} of {@code step} is not finite. */
  public NonFiniteException(long step, String term) {
    super("step " + step + ": the " + term + " is not finite");
    this.step = step;
  }

  NonFiniteException(long step, String term, double value) {
    super("step " + step + ": the " + term + " is not finite (" + value + ")");
    this.step = step;
  }

  /** The same, where it is known on which rank it began. */
  NonFiniteException(NonFiniteException found, String rank) {
    super(found.getMessage() + ", first on " + rank, found);
    this.step = found.step;
  }

  /** After {@code step} steps the model's predictions on validation rollouts are not finite. */
  NonFiniteException(long step, PredictionException place) {
    super(
        ("step " + step + ": the error on validation rollouts is not finite: ")
            + place.getMessage().replace(" is not finite", ""),
        place);
    this.step = step;
  }

  /**
   * The remedy, in words.
   *
   * @param first step before which nothing has been learnt
   * @param rate the learning rate
   * @param suspects settings that may cause it without any learning
   */
  public String remedy(long first, double rate, String suspects) {
    return step <= first
        ? "nothing has been learnt yet, so the settings cause it: look at " + suspects
        : "start again with a lower train.learning-rate than " + rate;
  }
}
