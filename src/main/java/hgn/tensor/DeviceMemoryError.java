package hgn.tensor;

/** A device has no room for a block of memory. */
public final class DeviceMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1;

  /** The message says what was asked for and what is free. */
  public DeviceMemoryError(String message) {
    super(message);
  }
}
