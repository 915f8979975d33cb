package hgn.train;

import hgn.data.Batch;
import hgn.tensor.Backend;
import hgn.tensor.Recorder;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs training steps in sequence. */
public interface StepRunner extends AutoCloseable {
  /**
   * Trains on the next batch.
   *
   * @param step number of the step
   */
  void run(Batch batch, long step);

  /** Requests the losses of the last step without waiting. */
  PendingLosses ask();

  /**
   * Waits for the last step and returns its losses.
   *
   * @throws NonFiniteException if a term of the loss or a gradient was not finite; the model is
   *     then as before that step
   */
  default TrainingStep.Losses losses() {
    return ask().losses();
  }

  /** Whether {@link #run} waits for the step, so that {@link #ask} returns at once. */
  boolean isEager();

  /** Operations of the device in a recorded step, once one has been recorded. */
  default OptionalLong recordedOperations() {
    return OptionalLong.empty();
  }

  @Override
  void close();

  /**
   * The fastest runner for {@code backend}: recorded and replayed if it can record, else eager.
   *
   * @param step the step; all batches must have the same shape
   */
  static StepRunner fastest(TrainingStep step, Backend backend) {
    Optional<Recorder> recorder = backend.recorder();
    return recorder.isPresent() ? new GraphStepRunner(step, recorder.get()) : eager(step);
  }

  /** A runner that executes each step operation by operation and waits for it. */
  static StepRunner eager(TrainingStep step) {
    return new EagerStepRunner(step);
  }
}
