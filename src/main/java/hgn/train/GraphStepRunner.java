package hgn.train;

import hgn.data.Batch;
import hgn.loss.StepInputs;
import hgn.tensor.Arena;
import hgn.tensor.Recorder;
import hgn.tensor.RepeatedWork;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Records the second step and replays it for all later ones, see {@link RepeatedWork}.
 *
 * <p>Steps are queued asynchronously. All batches must have the shape of the first and decode the
 * same number of times.
 */
final class GraphStepRunner implements StepRunner {
  private final TrainingStep step;
  private final RepeatedWork work;
  private final Arena arena = new Arena("recorded step");
  private StepInputs inputs;
  private StepReport report;
  private long first;

  GraphStepRunner(TrainingStep step, Recorder recorder) {
    this.step = step;
    this.work = new RepeatedWork(Optional.of(recorder));
  }

  @Override
  public void run(Batch batch, long number) {
    if (inputs == null) {
      prepare(batch, number);
    }
    step.load(inputs, batch, number);
    work.run(() -> step.work(batch, inputs, report));
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
    return work.recordedOperations();
  }

  @Override
  public void close() {
    try {
      work.close();
    } finally {
      arena.close();
    }
  }
}
