package hgn.backend.cuda;

import hgn.tensor.Tensor;
import jcuda.driver.CUdeviceptr;

/**
 * A run of floats in device memory: a tensor's elements, or part of a scratch block.
 *
 * @param memory the block
 * @param offset bytes from its start to the first float
 * @param count number of floats
 */
record Floats(DeviceMemory memory, long offset, long count) {
  /** Alignment in bytes that cuDNN and vector loads require. */
  private static final int ALIGNMENT = 16;

  static Floats of(Tensor tensor) {
    return new Floats((DeviceMemory) tensor.memory(), tensor.offset(), tensor.shape().count());
  }

  /** Returns the {@code length} floats that start at float {@code start}. */
  Floats from(long start, long length) {
    return new Floats(memory, offset + start * Float.BYTES, length);
  }

  long address() {
    return memory.address() + offset;
  }

  CUdeviceptr pointer() {
    return memory.pointer().withByteOffset(offset);
  }

  long bytes() {
    return count * Float.BYTES;
  }

  boolean isAligned() {
    return address() % ALIGNMENT == 0;
  }
}
