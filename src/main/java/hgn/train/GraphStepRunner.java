package hgn.train;

import hgn.data.Batch;
import hgn.loss.StepInputs;
import hgn.tensor.Arena;
import hgn.tensor.Recorder;
import java.util.OptionalLong;

/**
 * Records the second step and replays it for all later ones, so that a step costs a few calls,
 * however many operations it has. The first step runs eagerly, because a device then selects
 * algorithms and loads kernels.
 *
 * <p>Steps are queued asynchronously. All batches must have the shape of the first and decode the
 * same number of times.
 */
final class GraphStepRunner implements StepRunner {
  private final TrainingStep step;
  private final Recorder recorder;
  private final Arena arena = new Arena("recorded step");
  private StepInputs inputs;
  private StepReport report;
  private Recorder.Recording recording;
  private long first;

  GraphStepRunner(TrainingStep step, Recorder recorder) {
    this.step = step;
    this.recorder = recorder;
  }

  @Override
  public void run(Batch batch, long number) {
    if (inputs == null) {
      prepare(batch, number);
      step.load(inputs, batch, number);
      step.work(batch, inputs, report);
    } else {
      step.load(inputs, batch, number);
      if (recording == null) {
        recording = recorder.record(() -> step.work(batch, inputs, report));
      }
      recording.replay();
    }
    step.count();
  }

  private void prepare(Batch batch, long number) {
    try (Arena.Entered owner = arena.enter()) {
      inputs = step.inputs(batch);
      report = step.report();
    }
    first = number;
  }

  @Override
  public PendingLosses ask() {
    return report.ask(first);
  }

  @Override
  public boolean isEager() {
    return false;
  }

  @Override
  public OptionalLong recordedOperations() {
    return recording == null ? OptionalLong.empty() : OptionalLong.of(recording.operations());
  }

  @Override
  public void close() {
    try {
      if (recording != null) {
        recording.close(); // throws if the device is lost
      }
    } finally {
      arena.close();
    }
  }
}
