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
 * Trains a flow from the start or from the last checkpoint to the last step, and writes metrics and
 * checkpoints to the run's folder.
 *
 * <p>All results are functions of the configuration and the step, so that an interrupted and
 * resumed run ends in the same bytes as an uninterrupted one, given the same backend, number of
 * threads and instruction set.
 */
public final class NhfTrainer {
  private final NhfExperiment experiment;
  private final RunFolder folder;
  private final NhfListener listener;
  private final NhfEvaluator evaluator;
  private final TrainingLoop loop;

  /**
   * The outcome of a call.
   *
   * @param first steps completed before it
   * @param steps steps completed in total
   * @param score score of the last evaluation, or null if there was none
   * @param seconds duration
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

  /**
   * Requests a running training to write a checkpoint after the current step and return. May be
   * called from any thread.
   */
  public void requestStop() {
    loop.requestStop();
  }

  /**
   * Steps at the last checkpoint that this trainer wrote or read. May be called from any thread.
   */
  public long savedSteps() {
    return loop.savedSteps();
  }

  /**
   * Starts from the initial parameters.
   *
   * @throws NonFiniteException if the loss or a gradient is not finite; the last checkpoint is then
   *     of an earlier, finite step
   */
  public Result start() {
    folder.write(folder.config(), experiment.config().toYaml());
    save(); // so that the run can always be resumed
    try (MetricsLog metrics = MetricsLog.create(folder.metrics())) {
      return run(metrics);
    }
  }

  /**
   * Resumes from the last checkpoint.
   *
   * @throws CheckpointException if there is no checkpoint that fits the configuration
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

  /** The actions of the training loop. */
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
