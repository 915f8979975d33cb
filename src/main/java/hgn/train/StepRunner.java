package hgn.train;

import hgn.data.Batch;
import hgn.tensor.Backend;
import hgn.tensor.Recorder;
import java.util.Optional;

/** Runs the steps of a training one after the other. */
public interface StepRunner extends AutoCloseable {
  /**
   * Trains on the next batch.
   *
   * @param step number of the step
   */
  void run(Batch batch, long step);

  /** Asks for the losses of the last step, and does not wait for them. */
  PendingLosses ask();

  /**
   * Waits for the last step and gives its losses.
   *
   * @throws NonFiniteException if a term of a step's loss or a gradient was not finite; the model
   *     is then as before that step
   */
  default TrainingStep.Losses losses() {
    return ask().losses();
  }

  /** Whether a step is done when {@link #run} returns, so that {@link #ask} costs nothing. */
  boolean isEager();

  @Override
  void close();

  /**
   * The fastest way that {@code backend} has: recorded and repeated if it can record, else from the
   * tape.
   *
   * @param step what to do in each; all batches must have the same shape
   */
  static StepRunner fastest(TrainingStep step, Backend backend) {
    Optional<Recorder> recorder = backend.recorder();
    return recorder.isPresent() ? new GraphStepRunner(step, recorder.get()) : eager(step);
  }

  /** Each step queued from the tape, operation by operation, and waited for. */
  static StepRunner eager(TrainingStep step) {
    return new EagerStepRunner(step);
  }
}
