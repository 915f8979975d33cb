package hgn.backend.cuda;

import jcuda.driver.CUdeviceptr;

/** A pointer to device memory that exposes its address for pointer arithmetic. */
final class DevicePointer extends CUdeviceptr {
  /** The address as a number. */
  long address() {
    return getNativePointer();
  }
}
