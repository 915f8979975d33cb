package hgn.backend.cuda;

import hgn.tensor.DeviceException;
import hgn.tensor.DevicePeers;
import hgn.tensor.Tensor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The devices of a group that NCCL connects. */
final class NcclPeers implements DevicePeers {
  private static final long BUSY = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long BETWEEN_LOOKS = TimeUnit.MICROSECONDS.toNanos(40);

  private final NcclLibrary library;
  private final Device device;
  private final long group;
  private boolean failed;

  NcclPeers(NcclLibrary library, Device device, long group) {
    this.library = library;
    this.device = device;
    this.group = group;
  }

  @Override
  public void exchange(int partner, Optional<Tensor> mine, Optional<Tensor> theirs) {
    device.requireNotRecording("an exchange with other devices");
    call(
        () ->
            Nccl.exchange(
                group,
                partner,
                address(mine),
                count(mine),
                address(theirs),
                count(theirs),
                device.streamAddress()));
  }

  private static long address(Optional<Tensor> tensor) {
    return tensor.map(some -> Floats.of(some).address()).orElse(0L);
  }

  private static long count(Optional<Tensor> tensor) {
    return tensor.map(some -> some.shape().count()).orElse(0L);
  }

  /** A failure of the network shows here alone; the device would wait for ever. */
  @Override
  public void await() {
    long began = System.nanoTime();
    while (!device.isIdle()) {
      call(() -> Nccl.check(group));
      if (System.nanoTime() - began > BUSY) {
        LockSupport.parkNanos(BETWEEN_LOOKS);
      } else {
        Thread.onSpinWait();
      }
    }
    call(() -> Nccl.check(group));
  }

  private void call(Runnable call) {
    try {
      library.call(
          () -> {
            call.run();
            return null;
          });
    } catch (DeviceException failure) {
      failed = true;
      throw failure;
    }
  }

  @Override
  public void close() {
    if (failed) {
      Nccl.abort(group);
    } else {
      call(() -> Nccl.leave(group));
    }
  }
}
