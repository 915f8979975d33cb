package hgn.tensor;

/**
 * A backend's device is not in this machine, as on most: nothing is wrong, and only who asks for
 * that backend by name needs to hear of it.
 */
public final class AbsentDeviceException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1;

  /** The message says what is missing and what would help. */
  public AbsentDeviceException(String message) {
    super(message);
  }
}
