package hgn.train;

import hgn.data.Batches;

/** Steps that compute each batch as a whole. */
record WholeSteps(Batches batches, StepRunner runner) implements StepSequence {
  @Override
  public void run(long step, boolean stop) {
    runner.run(batches.next(), step);
  }

  @Override
  public boolean stops(boolean requested) {
    return requested;
  }

  @Override
  public PendingLosses ask() {
    return runner.ask();
  }

  @Override
  public boolean isEager() {
    return runner.isEager();
  }

  @Override
  public void close() {
    try (batches) {
      runner.close();
    }
  }
}
