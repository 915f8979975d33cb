package hgn.tensor;

/** A device has no room for a block of memory. */
public final class DeviceMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1;

  private final String shortage;
  private final long asked;
  private final long free;
  private final long total;

  /**
   * The message says what was requested and what is free.
   *
   * @param device name, for the message
   * @param asked bytes requested
   * @param free bytes available
   * @param total bytes that the device has
   */
  public DeviceMemoryError(String device, long asked, long free, long total) {
    super(
        shortage(device, asked, free, total)
            + "; lower train.batch or train.frames-at-once, or end what else uses the device");
    this.shortage = shortage(device, asked, free, total);
    this.asked = asked;
    this.free = free;
    this.total = total;
  }

  /** The message without the advice, which is for training. */
  public String shortage() {
    return shortage;
  }

  private static String shortage(String device, long asked, long free, long total) {
    return ("out of memory on " + device + ": " + mebibytes(asked) + " asked for, ")
        + (mebibytes(free) + " of " + mebibytes(total) + " free");
  }

  private static String mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1 >> 20) + " MiB";
  }

  /**
   * Returns an upper bound on the batch that fits, given that one of {@code batch} did not. That
   * batch needs at least the memory in use plus the request, and the need consists of a fixed part
   * and a part proportional to the batch. So no batch above {@code batch * total / needed} fits,
   * and even that one may not.
   */
  public int mostOf(int batch) {
    double needed = (double) total - free + asked;
    return (int) Math.max(1, Math.min(batch - 1, Math.floor(batch * (total / needed))));
  }
}
