package hgn.backend.cuda;

import hgn.tensor.PendingDownload;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * Asynchronous copies from the device. Each goes to a slot of pinned memory and is followed by an
 * event; a slot is reused once its values have been taken. Thread-safe.
 */
final class Readings {
  /** Least size of a slot in floats. */
  private static final int SLOT_FLOATS = 1024;

  private final Device device;
  private final Deque<Slot> idle = new ArrayDeque<>();

  /** Pinned memory, and the event that follows the copy to it. */
  private static final class Slot {
    final FloatBuffer floats;
    final PinnedMemory memory;
    final CUevent copied = new CUevent();

    Slot(int capacity) {
      memory = PinnedMemory.allocate(capacity * Float.BYTES);
      floats = memory.buffer().asFloatBuffer();
      Status.check(
          "cuEventCreate",
          JCudaDriver.cuEventCreate(copied, CUevent_flags.CU_EVENT_DISABLE_TIMING));
    }
  }

  Readings(Device device) {
    this.device = device;
  }

  /** Queues a copy. */
  synchronized PendingDownload read(Floats from) {
    device.bind();
    device.requireNotRecording("a reading");
    int count = Math.toIntExact(from.count());
    Slot slot = slot(count);
    Status.check(
        "cuMemcpyDtoHAsync",
        JCudaDriver.cuMemcpyDtoHAsync(slot.memory, from.pointer(), from.bytes(), device.stream()));
    Status.check("cuEventRecord", JCudaDriver.cuEventRecord(slot.copied, device.stream()));
    return new Copy(slot, count);
  }

  private Slot slot(int count) {
    for (Iterator<Slot> slots = idle.iterator(); slots.hasNext(); ) {
      Slot slot = slots.next();
      if (slot.floats.capacity() >= count) {
        slots.remove();
        return slot;
      }
    }
    return new Slot(Math.max(count, SLOT_FLOATS));
  }

  private synchronized void release(Slot slot) {
    idle.push(slot);
  }

  private final class Copy implements PendingDownload {
    private final int count;
    private Slot slot;
    private double[] values;

    Copy(Slot slot, int count) {
      this.slot = slot;
      this.count = count;
    }

    @Override
    public boolean hasArrived() {
      if (slot == null) {
        return true;
      }
      device.bind();
      int code = JCudaDriver.cuEventQuery(slot.copied);
      if (code == CUresult.CUDA_ERROR_NOT_READY) {
        return false;
      }
      Status.check("cuEventQuery", code);
      return true;
    }

    @Override
    public double[] values() {
      if (slot != null) {
        device.bind();
        Status.check("cuEventSynchronize", JCudaDriver.cuEventSynchronize(slot.copied));
        values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = slot.floats.get(i);
        }
        release(slot);
        slot = null;
      }
      return values;
    }
  }
}
