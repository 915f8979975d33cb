package hgn.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Page-locked host memory, which the device reads and writes directly. */
final class PinnedMemory extends Pointer {
  private ByteBuffer buffer;

  private PinnedMemory() {}

  /** Allocates a block of {@code bytes}, held until the program ends. */
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
