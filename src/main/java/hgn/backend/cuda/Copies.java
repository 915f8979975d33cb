package hgn.backend.cuda;

import jcuda.driver.JCudaDriver;

/** Copies within the device, by the driver. */
final class Copies {
  private final Device device;

  Copies(Device device) {
    this.device = device;
  }

  /** Queues y = x for equally many floats; does nothing if they are the same. */
  void copy(Floats x, Floats y) {
    if (x.address() != y.address()) {
      device.bind();
      Status.check(
          "cuMemcpyDtoDAsync",
          JCudaDriver.cuMemcpyDtoDAsync(y.pointer(), x.pointer(), x.bytes(), device.stream()));
    }
  }
}
