package hgn.physics;

/** A motion cannot be computed or shown; the message names the system and the place. */
public final class MotionException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * Takes a message for the user. There is no constructor that takes only a cause, because parallel
   * streams would use it to wrap the exception and hide the message.
   */
  public MotionException(String message) {
    super(message);
  }
}
