package hgn.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.JCudaDriver;

/**
 * Moves floats between arrays and the device through a ring of pinned slots. An upload returns once
 * the last slot is filled; the copies are queued like all other work. Thread-safe.
 */
final class Staging {
  private static final int SLOTS = 4;
  private static final int SLOT_FLOATS = 1 << 20;

  /** Reads floats from an array, or writes them to it. */
  private interface Transfer {
    void move(FloatBuffer slot, int position, int count);
  }

  private final Device device;
  private final Slot[] slots = new Slot[SLOTS];
  private int next;

  /** A piece of pinned memory, and the event after the last copy from or to it. */
  private static final class Slot {
    final PinnedMemory memory = PinnedMemory.allocate(SLOT_FLOATS * Float.BYTES);
    final FloatBuffer floats;
    final CUevent copied = new CUevent();

    Slot() {
      ByteBuffer bytes = memory.buffer();
      floats = bytes.asFloatBuffer();
      Status.check(
          "cuEventCreate",
          JCudaDriver.cuEventCreate(copied, CUevent_flags.CU_EVENT_DISABLE_TIMING));
    }

    void awaitCopy() {
      Status.check("cuEventSynchronize", JCudaDriver.cuEventSynchronize(copied));
    }
  }

  Staging(Device device) {
    this.device = device;
  }

  /** The slot for piece {@code piece} of a transfer that starts at slot {@link #next}. */
  private Slot slot(int piece) {
    int i = (next + piece) % SLOTS;
    if (slots[i] == null) {
      slots[i] = new Slot();
    }
    return slots[i];
  }

  /** Queues a copy of the array to the device. */
  void upload(float[] from, Floats to) {
    upload(from.length, to, (slot, position, count) -> slot.put(0, from, position, count));
  }

  /** Queues a copy of the array, rounded to single precision, to the device. */
  void upload(double[] from, Floats to) {
    upload(
        from.length,
        to,
        (slot, position, count) -> {
          for (int i = 0; i < count; i++) {
            slot.put(i, (float) from[position + i]);
          }
        });
  }

  private synchronized void upload(int count, Floats to, Transfer fill) {
    device.bind();
    device.requireNotRecording("an upload");
    int pieces = pieces(count);
    for (int piece = 0; piece < pieces; piece++) {
      Slot slot = slot(piece);
      slot.awaitCopy();
      fill.move(slot.floats, piece * SLOT_FLOATS, length(piece, count));
      Floats part = to.from((long) piece * SLOT_FLOATS, length(piece, count));
      Status.check(
          "cuMemcpyHtoDAsync",
          JCudaDriver.cuMemcpyHtoDAsync(
              part.pointer(), slot.memory, part.bytes(), device.stream()));
      record(slot);
    }
    next = (next + pieces) % SLOTS;
  }

  /** Copies from the device once all queued work is done. */
  void download(Floats from, float[] to) {
    download(from, to.length, (slot, position, count) -> slot.get(0, to, position, count));
  }

  /** Copies from the device once all queued work is done. */
  void download(Floats from, double[] to) {
    download(
        from,
        to.length,
        (slot, position, count) -> {
          for (int i = 0; i < count; i++) {
            to[position + i] = slot.get(i);
          }
        });
  }

  private synchronized void download(Floats from, int count, Transfer drain) {
    device.bind();
    device.requireNotRecording("a download");
    int pieces = pieces(count);
    for (int piece = 0; piece < pieces + SLOTS - 1; piece++) {
      int drained = piece - (SLOTS - 1); // copies of later pieces run in the meantime
      if (piece < pieces) {
        Floats part = from.from((long) piece * SLOT_FLOATS, length(piece, count));
        Slot slot = slot(piece);
        Status.check(
            "cuMemcpyDtoHAsync",
            JCudaDriver.cuMemcpyDtoHAsync(
                slot.memory, part.pointer(), part.bytes(), device.stream()));
        record(slot);
      }
      if (drained >= 0) {
        Slot slot = slot(drained);
        slot.awaitCopy();
        drain.move(slot.floats, drained * SLOT_FLOATS, length(drained, count));
      }
    }
    next = (next + pieces) % SLOTS;
  }

  private static int pieces(int count) {
    return (int) (((long) count + SLOT_FLOATS - 1) / SLOT_FLOATS);
  }

  private static int length(int piece, int count) {
    return Math.min(SLOT_FLOATS, count - piece * SLOT_FLOATS);
  }

  private void record(Slot slot) {
    Status.check("cuEventRecord", JCudaDriver.cuEventRecord(slot.copied, device.stream()));
  }
}
