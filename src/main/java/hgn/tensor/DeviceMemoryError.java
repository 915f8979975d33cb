package hgn.tensor;

/** A device has no room for a block of memory. */
public final class DeviceMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1;

  private final long asked;
  private final long free;
  private final long total;

  /**
   * The message says what was asked for and what is free.
   *
   * @param device name, for the message
   * @param asked bytes that were asked for
   * @param free bytes that nobody uses
   * @param total bytes that the device has
   */
  public DeviceMemoryError(String device, long asked, long free, long total) {
    super(
        "out of memory on "
            + device
            + ": "
            + mebibytes(asked)
            + " asked for, "
            + mebibytes(free)
            + " of "
            + mebibytes(total)
            + " free; lower train.batch or train.frames-at-once, or end what else uses the device");
    this.asked = asked;
    this.free = free;
    this.total = total;
  }

  private static String mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1 >> 20) + " MiB";
  }

  /**
   * The largest batch that can fit if one of {@code batch} did not. What was in use and asked for
   * is at least what that one needs, and needs grow with the batch, from some part that does not:
   * so none above {@code batch * total / needed} fits, though even that one need not.
   */
  public int mostOf(int batch) {
    double needed = (double) total - free + asked;
    return (int) Math.max(1, Math.min(batch - 1, Math.floor(batch * (total / needed))));
  }
}
