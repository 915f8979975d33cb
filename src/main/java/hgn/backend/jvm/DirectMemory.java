package hgn.backend.jvm;

import hgn.tensor.HostMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * Direct buffers that start at a cache line and are freed explicitly rather than by the garbage
 * collector.
 */
final class DirectMemory {
  private static final int ALIGNMENT = 64;
  private static final MethodHandle CLEANER = findCleaner();

  private DirectMemory() {}

  /**
   * Allocates a block of {@code bytes}.
   *
   * @throws OutOfMemoryError if the Java virtual machine grants no more
   */
  static HostMemory allocate(long bytes) {
    return allocate(bytes, ByteBuffer::allocateDirect);
  }

  /** The same, with buffers from {@code source}. */
  static HostMemory allocate(long bytes, IntFunction<ByteBuffer> source) {
    if (bytes > Integer.MAX_VALUE - ALIGNMENT) {
      throw new IllegalArgumentException(
          "[memory] "
              + bytes
              + " bytes asked for one tensor, at most "
              + (Integer.MAX_VALUE - ALIGNMENT)
              + " fit; use a smaller batch");
    }
    ByteBuffer whole;
    try {
      whole = source.apply((int) bytes + ALIGNMENT);
    } catch (OutOfMemoryError refused) {
      OutOfMemoryError named =
          new OutOfMemoryError(
              "[memory] no room for "
                  + bytes
                  + " bytes of direct memory; raise -XX:MaxDirectMemorySize or use a smaller"
                  + " batch");
      named.initCause(refused);
      throw named;
    }
    int start = (ALIGNMENT - whole.alignmentOffset(0, ALIGNMENT)) % ALIGNMENT;
    return new HostMemory(whole.slice(start, (int) bytes), 0, () -> free(whole));
  }

  private static void free(ByteBuffer whole) {
    try {
      CLEANER.invoke(whole);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException("[memory] freeing a direct buffer failed", failure);
    }
  }

  /**
   * Finds Unsafe.invokeCleaner by reflection, since the compiler warns about any use of
   * sun.misc.Unsafe.
   */
  private static MethodHandle findCleaner() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      return MethodHandles.lookup()
          .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }
}
