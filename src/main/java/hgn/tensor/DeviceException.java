package hgn.tensor;

/** A device failed while it worked; the message is one line and says what can be done. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message names operation and failure. */
  public DeviceException(String message) {
    super(message);
  }
}
