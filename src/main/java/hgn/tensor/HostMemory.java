package hgn.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * Off-heap memory of the host, in native byte order. Every backend that computes on the CPU stores
 * its tensors there.
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
   * @param address where the buffer starts, for native code; 0 if not needed
   * @param free releases the buffer
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

  /** Address of the block, or 0 if none was given. */
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
