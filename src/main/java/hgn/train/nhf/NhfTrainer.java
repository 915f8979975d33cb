package hgn.train.nhf;

import hgn.config.NhfTrainConfig;
import hgn.nn.Adam;
import hgn.run.MetricsLog;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import hgn.train.NonFiniteException;
import hgn.train.TrainingLoop;
import java.util.Map;

/**
 * Runs the training of a flow from its first or its last checkpoint to its last step, leaving
 * metrics and checkpoints in the run's folder.
 *
 * <p>All that it computes is a function of the configuration and the step, so that a run which was
 * stopped and resumed ends in the same bytes as one that never was.
 */
public final class NhfTrainer {
  private final NhfExperiment experiment;
  private final RunFolder folder;
  private final NhfListener listener;
  private final NhfEvaluator evaluator;
  private final TrainingLoop loop;

  /**
   * How a call ended.
   *
   * @param first steps made before it
   * @param steps steps made in all
   * @param score of the last evaluation, or null if there was none
   * @param seconds how long it took
   */
  public record Result(long first, long steps, NhfScore score, double seconds) {}

  /** Trains {@code experiment} and writes to {@code folder}. */
  public NhfTrainer(NhfExperiment experiment, RunFolder folder, NhfListener listener) {
    this.experiment = experiment;
    this.folder = folder;
    this.listener = listener;
    NhfTrainConfig train = experiment.config().train();
    this.loop =
        new TrainingLoop(
            new TrainingLoop.Cadence(
                train.logEvery(), train.evaluateEvery(), train.checkpointEvery()));
    this.evaluator = new NhfEvaluator(experiment, train.evaluatePoints(), train.draws());
  }

  /** Asks a running training to write a checkpoint after its step and return; any thread may. */
  public void requestStop() {
    loop.requestStop();
  }

  /** Steps made at the last checkpoint that this trainer wrote or read; any thread may ask. */
  public long savedSteps() {
    return loop.savedSteps();
  }

  /**
   * Starts from the initial parameters.
   *
   * @throws NonFiniteException if the loss or a gradient is not finite; the last checkpoint is then
   *     that of an earlier, sound step
   */
  public Result start() {
    folder.write(folder.config(), experiment.config().toYaml());
    save(); // so that there is something to resume from, whatever happens
    try (MetricsLog metrics = MetricsLog.create(folder.metrics())) {
      return run(metrics);
    }
  }

  /**
   * Continues from the last checkpoint.
   *
   * @throws CheckpointException if there is none that fits the configuration
   */
  public Result resume() {
    Adam adam = experiment.adam();
    NhfCheckpoint.read(folder.lastCheckpoint(), experiment.model().parameters(), adam);
    loop.saved(adam.steps());
    folder.write(folder.config(), experiment.config().toYaml());
    try (MetricsLog metrics = MetricsLog.resume(folder.metrics(), adam.steps())) {
      return run(metrics);
    }
  }

  private Result run(MetricsLog metrics) {
    long started = System.nanoTime();
    long first = experiment.adam().steps();
    Work work = new Work(metrics);
    long done = loop.run(first, experiment.config().train().steps(), work);
    save();
    return new Result(first, done, work.score, (System.nanoTime() - started) * 1e-9);
  }

  /** What one call of the trainer does in its loop. */
  private final class Work implements TrainingLoop.Work {
    private final MetricsLog metrics;
    private final NhfStep step = new NhfStep(experiment);
    private double loss;
    private NhfScore score;

    Work(MetricsLog metrics) {
      this.metrics = metrics;
    }

    @Override
    public boolean isEnd() {
      return experiment.adam().steps() >= experiment.config().train().steps();
    }

    @Override
    public void step(long done) {
      loss = step.run(done);
    }

    @Override
    public void report(long done, TrainingLoop.Due due) {
      listener.stepped(done, experiment.config().train().steps(), loss);
      if (due.logs()) {
        metrics.append(done, Map.of("loss", loss));
      }
    }

    @Override
    public void evaluate(long done) {
      score = evaluator.score();
      if (!Double.isFinite(score.nll())) {
        throw new NonFiniteException(done, "likelihood of held-out points");
      }
      metrics.append(done, Map.of("test_nll", score.nll()));
      metrics.append(done, Map.of("test_elbo", score.elbo()));
      listener.evaluated(done, score);
    }

    @Override
    public void save(long done) {
      NhfTrainer.this.save();
    }
  }

  private void save() {
    NhfCheckpoint.write(folder.lastCheckpoint(), experiment.config().toYaml(), experiment.adam());
    loop.saved(experiment.adam().steps());
  }
}
