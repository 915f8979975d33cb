package hgn.backend.cuda;

import java.nio.ByteBuffer;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Copies by the driver, within the device and between it and {@link PinnedMemory}. */
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

  /** Queues a copy to pinned memory of the same size. */
  void toPinned(Floats from, ByteBuffer to) {
    device.bind();
    device.requireNotRecording("a download");
    Status.check(
        "cuMemcpyDtoHAsync",
        JCudaDriver.cuMemcpyDtoHAsync(
            Pointer.to(to), from.pointer(), from.bytes(), device.stream()));
  }

  /** Queues a copy from pinned memory of the same size. */
  void fromPinned(ByteBuffer from, Floats to) {
    device.bind();
    device.requireNotRecording("an upload");
    Status.check(
        "cuMemcpyHtoDAsync",
        JCudaDriver.cuMemcpyHtoDAsync(to.pointer(), Pointer.to(from), to.bytes(), device.stream()));
  }
}
