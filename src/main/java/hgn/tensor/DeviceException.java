package hgn.tensor;

/** A device failed while working; the message is one line and names a remedy. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message names operation and failure. */
  public DeviceException(String message) {
    super(message);
  }
}
