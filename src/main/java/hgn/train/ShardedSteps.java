package hgn.train;

import hgn.data.Batches;
import java.util.List;

/** Steps that compute each batch in shards, which ranks may share. */
final class ShardedSteps implements StepSequence {
  private final List<Batches> shards;
  private final ShardedStep step;
  private TrainingStep.Losses losses;

  /**
   * Creates the steps.
   *
   * @param shards the shards of this rank
   */
  ShardedSteps(List<Batches> shards, ShardedStep step) {
    this.shards = shards;
    this.step = step;
  }

  @Override
  public void run(long number, boolean stop) {
    losses = step.run(shards.stream().map(Batches::next).toList(), number, stop);
  }

  @Override
  public boolean stops(boolean requested) {
    return step.isStopAgreed(requested);
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
    shards.forEach(Batches::close);
    step.close();
  }
}
