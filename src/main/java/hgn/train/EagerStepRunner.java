package hgn.train;

import hgn.data.Batch;

/** Runs each step eagerly and waits for it. */
final class EagerStepRunner implements StepRunner {
  private final TrainingStep step;
  private TrainingStep.Losses losses;

  EagerStepRunner(TrainingStep step) {
    this.step = step;
  }

  @Override
  public void run(Batch batch, long number) {
    losses = step.run(batch, number);
  }

  @Override
  public PendingLosses ask() {
    return PendingLosses.of(losses);
  }

  @Override
  public boolean isEager() {
    return true;
  }

  @Override
  public void close() {
    // no resources
  }
}
