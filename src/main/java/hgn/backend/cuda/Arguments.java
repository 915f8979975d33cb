package hgn.backend.cuda;

import java.nio.ByteBuffer;
import jcuda.Pointer;

/**
 * Lays out a kernel's arguments in memory as the driver expects them: the values, and a table of
 * their addresses. The driver copies them at launch, so one block is reused by all launches.
 */
final class Arguments {
  /** An argument that is passed to the kernel as a struct by value. */
  interface Struct {
    /** Writes the members at the buffer's position, each aligned to its size. */
    void write(ByteBuffer to);
  }

  private static final int MOST = 64;
  private static final int VALUES = 8192;
  private static final int ALIGNMENT = 8;

  private final PinnedMemory memory = PinnedMemory.allocate(MOST * Long.BYTES + VALUES);

  /** Writes the arguments; {@code int}, {@code long}, {@code float}, addresses and structs. */
  Pointer pack(Object... arguments) {
    ByteBuffer buffer = memory.buffer().duplicate().order(memory.buffer().order());
    buffer.position(MOST * Long.BYTES);
    for (int i = 0; i < arguments.length; i++) {
      int aligned = (buffer.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      buffer.position(aligned);
      buffer.putLong(i * Long.BYTES, memory.address() + aligned);
      put(buffer, arguments[i]);
    }
    return memory;
  }

  private static void put(ByteBuffer buffer, Object argument) {
    if (argument instanceof Integer value) {
      buffer.putInt(value);
    } else if (argument instanceof Long value) {
      buffer.putLong(value);
    } else if (argument instanceof Float value) {
      buffer.putFloat(value);
    } else if (argument instanceof Floats value) {
      buffer.putLong(value.address());
    } else if (argument instanceof DeviceMemory value) {
      buffer.putLong(value.address());
    } else if (argument instanceof Struct value) {
      value.write(buffer);
    } else {
      throw new IllegalArgumentException(
          "[launch] a kernel cannot take a " + argument.getClass() + "; add it to Arguments");
    }
  }
}
