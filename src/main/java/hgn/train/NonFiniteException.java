package hgn.train;

/** Training met a number that is not finite; the message says where. */
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
