package hgn.train;

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
}
