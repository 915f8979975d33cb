package hgn.tensor;

/**
 * A backend's device is missing on this machine. This is not a fault; only a user who asked for
 * that backend by name needs to know.
 */
public final class DeviceNotFoundException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1;

  /** The message says what is missing and what would help. */
  public DeviceNotFoundException(String message) {
    super(message);
  }
}
