package hgn.train;

import hgn.predict.PredictionException;

/** Thrown if a number in training is not finite. The message says where. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code term} of {@code step} is not finite. */
  public NonFiniteException(long step, String term) {
    super("step " + step + ": the " + term + " is not finite");
  }

  NonFiniteException(long step, String term, double value) {
    super("step " + step + ": the " + term + " is not finite (" + value + ")");
  }

  /** After {@code step} steps the model's predictions on validation rollouts are not finite. */
  NonFiniteException(long step, PredictionException place) {
    super(
        ("step " + step + ": the error on validation rollouts is not finite: ")
            + place.getMessage().replace(" is not finite", ""),
        place);
  }
}
