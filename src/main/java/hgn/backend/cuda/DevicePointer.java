package hgn.backend.cuda;

import jcuda.driver.CUdeviceptr;

/** A pointer to device memory that tells its address, so that places within can be reckoned. */
final class DevicePointer extends CUdeviceptr {
  /** The address as a number. */
  long address() {
    return getNativePointer();
  }
}
