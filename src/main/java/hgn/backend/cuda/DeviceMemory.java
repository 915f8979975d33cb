package hgn.backend.cuda;

import hgn.tensor.Memory;

/** A block of a GPU's memory. */
final class DeviceMemory implements Memory {
  private final Device device;
  private final DevicePointer pointer;
  private final long bytes;

  DeviceMemory(Device device, DevicePointer pointer, long bytes) {
    this.device = device;
    this.pointer = pointer;
    this.bytes = bytes;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void free() {
    device.free(pointer);
  }

  /** Where the block starts. */
  DevicePointer pointer() {
    return pointer;
  }

  /** Address of the first byte. */
  long address() {
    return pointer.address();
  }
}
