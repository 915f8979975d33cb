package hgn.backend.cpu;

import hgn.tensor.HostMemory;

/** Blocks of native memory: aligned, on huge pages if large, and freed explicitly. */
final class NativeMemory {
  private NativeMemory() {}

  /**
   * A block of {@code bytes}.
   *
   * @throws IllegalArgumentException if {@code bytes} exceeds the largest buffer
   * @throws OutOfMemoryError if the system grants no more
   */
  static HostMemory allocate(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "[memory] "
              + bytes
              + " bytes asked for one tensor, at most "
              + Integer.MAX_VALUE
              + " fit; use a smaller batch");
    }
    long address = Native.allocate(bytes);
    if (address == 0) {
      throw new OutOfMemoryError(
          "[memory] the system has no room for "
              + bytes
              + " bytes; use a smaller batch, or raise the limit on memory");
    }
    return new HostMemory(Native.wrap(address, bytes), address, () -> Native.free(address, bytes));
  }
}
