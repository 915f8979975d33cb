package hgn.train;

import hgn.config.Config;
import hgn.config.TrainConfig;
import hgn.ranks.Ranks;
import hgn.run.Checkpoint;

/**
 * Trains on a rank other than 0. It computes its shards and makes the same updates as rank 0, whose
 * {@link Trainer} alone evaluates, reports and writes.
 */
public final class Follower {
  private final Experiment experiment;
  private final Ranks ranks;
  private final TrainingLoop loop;
  private Checkpoint.Position position = Checkpoint.Position.START;

  /** Follows in training {@code experiment}, whose configuration is that of rank 0. */
  public Follower(Experiment experiment, Ranks ranks) {
    this.experiment = experiment;
    this.ranks = ranks;
    TrainConfig train = experiment.config().train();
    this.loop = new TrainingLoop(new TrainingLoop.Cadence(0, train.evaluateEvery(), 0));
  }

  /** As {@link Trainer#requestStop}, of all ranks. */
  public void requestStop() {
    loop.requestStop();
  }

  /**
   * Trains to the end, or until a rank asks to stop.
   *
   * @throws NonFiniteException if the loss or a gradient is not finite
   */
  public void run() {
    position = TrainingState.fromFirst(ranks, experiment, position);
    Config config = experiment.config();
    try (StepSequence steps = experiment.training(position.steps(), GradientWatch.NONE, ranks)) {
      loop.run(position.steps(), config.totalSteps(), new Work(steps));
    }
  }

  /** The actions of the training loop. */
  private final class Work implements TrainingLoop.Work {
    private final StepSequence steps;

    Work(StepSequence steps) {
      this.steps = steps;
    }

    @Override
    public boolean isEnd() {
      return position.isEnd(experiment.config());
    }

    @Override
    public boolean stops(boolean requested) {
      return steps.stops(requested);
    }

    @Override
    public void step(long done) {
      steps.run(done, loop.isStopRequested());
      position = position.next();
    }

    @Override
    public void report(long done, TrainingLoop.Due due) {
      // rank 0 does
    }

    @Override
    public void evaluate(long done) {
      position = TrainingState.position(ranks, position);
    }

    @Override
    public void save(long done) {
      // rank 0 does
    }
  }
}
