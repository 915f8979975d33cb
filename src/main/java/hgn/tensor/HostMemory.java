package hgn.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * Off-heap memory of the host, in native byte order: what every backend that computes on the CPU
 * uses, and what tensors are read and written through.
 */
public final class HostMemory implements Memory {
  private final ByteBuffer buffer;
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;
  private final long address;
  private final Runnable free;

  /**
   * Wraps a direct buffer.
   *
   * @param address where the buffer starts, for native code; 0 where nobody needs it
   * @param free gives the buffer back
   */
  public HostMemory(ByteBuffer buffer, long address, Runnable free) {
    this.buffer = buffer.order(ByteOrder.nativeOrder());
    this.floats = this.buffer.asFloatBuffer();
    this.doubles = this.buffer.asDoubleBuffer();
    this.address = address;
    this.free = free;
  }

  @Override
  public long bytes() {
    return buffer.capacity();
  }

  @Override
  public void free() {
    free.run();
  }

  /** Where the block starts, or 0 where nobody asked. */
  public long address() {
    return address;
  }

  /** The block as 32-bit floats; use absolute access only, the position is shared. */
  public FloatBuffer floats() {
    return floats;
  }

  /** The block as 64-bit floats; use absolute access only, the position is shared. */
  public DoubleBuffer doubles() {
    return doubles;
  }
}
