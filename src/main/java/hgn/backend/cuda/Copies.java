package hgn.backend.cuda;

import jcuda.driver.JCudaDriver;

/** What the driver does by itself: copies within the device, and filling. */
final class Copies {
  private final Device device;

  Copies(Device device) {
    this.device = device;
  }

  /** Queues y = x, of as many floats; nothing where they are the same. */
  void copy(Floats x, Floats y) {
    if (x.address() != y.address()) {
      device.bind();
      Status.check(
          "cuMemcpyDtoDAsync",
          JCudaDriver.cuMemcpyDtoDAsync(y.pointer(), x.pointer(), x.bytes(), device.stream()));
    }
  }

  /** Queues y = value everywhere. */
  void fill(Floats y, float value) {
    device.bind();
    Status.check(
        "cuMemsetD32Async",
        JCudaDriver.cuMemsetD32Async(
            y.pointer(), Float.floatToRawIntBits(value), y.count(), device.stream()));
  }
}
