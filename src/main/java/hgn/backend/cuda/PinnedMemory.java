package hgn.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Host memory that stays where it is, so that the device reads and writes it by itself. */
final class PinnedMemory extends Pointer {
  private ByteBuffer buffer;

  private PinnedMemory() {}

  /** A block of {@code bytes}, held until the program ends. */
  static PinnedMemory allocate(int bytes) {
    PinnedMemory memory = new PinnedMemory();
    Status.check("cuMemAllocHost", JCudaDriver.cuMemAllocHost(memory, bytes));
    memory.buffer = memory.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
    return memory;
  }

  /** Address of the first byte. */
  long address() {
    return getNativePointer();
  }

  /** The bytes; use absolute access only, the position is shared. */
  ByteBuffer buffer() {
    return buffer;
  }
}
