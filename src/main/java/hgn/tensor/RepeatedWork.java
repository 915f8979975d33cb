package hgn.tensor;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Work of a device that is done again and again on the same memory. Where there is a recorder, it
 * is recorded the second time and replayed from then on, so that it costs a few calls, however many
 * operations it has. The first time it runs eagerly, because a device then selects algorithms and
 * loads kernels.
 */
public final class RepeatedWork implements AutoCloseable {
  private final Optional<Recorder> recorder;
  private boolean begun;
  private Recorder.Recording recording;

  /** Work that is recorded, if there is a recorder. */
  public RepeatedWork(Optional<Recorder> recorder) {
    this.recorder = recorder;
  }

  /** Does the work, or replays what it queued when it was recorded. */
  public void run(Runnable work) {
    if (!begun || recorder.isEmpty()) {
      begun = true;
      work.run();
      return;
    }
    if (recording == null) {
      recording = recorder.get().record(work);
    }
    recording.replay();
  }

  /** Operations of the device in the recording, once there is one. */
  public OptionalLong recordedOperations() {
    return recording == null ? OptionalLong.empty() : OptionalLong.of(recording.operations());
  }

  @Override
  public void close() {
    if (recording != null) {
      recording.close(); // throws if the device is lost
    }
  }
}
