package hgn.train.flow;

import hgn.nn.Adam;
import hgn.safetensors.CheckpointException;
import hgn.train.MetricsLog;
import hgn.train.NonFiniteException;
import hgn.train.RunFolder;
import hgn.train.config.FlowTrainConfig;
import java.util.Map;

/**
 * Runs the training of a flow from its first or its last checkpoint to its last step, leaving
 * metrics and checkpoints in the run's folder.
 *
 * <p>All that it computes is a function of the configuration and the step, so that a run which was
 * stopped and resumed ends in the same bytes as one that never was.
 */
public final class FlowTrainer {
  private final FlowExperiment experiment;
  private final RunFolder folder;
  private final FlowListener listener;
  private final FlowEvaluator evaluator;
  private volatile boolean stopRequested;
  private volatile long saved;

  /**
   * How a call ended.
   *
   * @param first steps made before it
   * @param steps steps made in all
   * @param score of the last evaluation, or null if there was none
   * @param seconds how long it took
   */
  public record Result(long first, long steps, FlowScore score, double seconds) {}

  /** Trains {@code experiment} and writes to {@code folder}. */
  public FlowTrainer(FlowExperiment experiment, RunFolder folder, FlowListener listener) {
    this.experiment = experiment;
    this.folder = folder;
    this.listener = listener;
    FlowTrainConfig train = experiment.config().train();
    this.evaluator = new FlowEvaluator(experiment, train.evaluatePoints(), train.draws());
  }

  /** Asks a running training to write a checkpoint after its step and return; any thread may. */
  public void requestStop() {
    stopRequested = true;
  }

  /** Steps made at the last checkpoint that this trainer wrote or read; any thread may ask. */
  public long savedSteps() {
    return saved;
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
    FlowCheckpoint.read(folder.lastCheckpoint(), experiment.model().parameters(), adam);
    saved = adam.steps();
    folder.write(folder.config(), experiment.config().toYaml());
    try (MetricsLog metrics = MetricsLog.resume(folder.metrics(), saved)) {
      return run(metrics);
    }
  }

  private Result run(MetricsLog metrics) {
    long started = System.nanoTime();
    FlowTrainConfig train = experiment.config().train();
    FlowStep step = new FlowStep(experiment);
    FlowScore score = null;
    long first = experiment.adam().steps();
    long done = first;
    while (done < train.steps() && !stopRequested) {
      double loss = step.run(done);
      done++;
      boolean last = done == train.steps();
      listener.stepped(done, train.steps(), loss);
      if (last || done % train.logEvery() == 0) {
        metrics.append(done, Map.of("loss", loss));
      }
      if (last || isDue(done, train.evaluateEvery())) {
        score = evaluate(done, metrics);
      }
      if (isDue(done, train.checkpointEvery())) {
        save();
      }
    }
    save();
    return new Result(first, done, score, (System.nanoTime() - started) * 1e-9);
  }

  private static boolean isDue(long done, int every) {
    return every > 0 && done % every == 0;
  }

  private FlowScore evaluate(long done, MetricsLog metrics) {
    FlowScore score = evaluator.score();
    if (!Double.isFinite(score.nll())) {
      throw new NonFiniteException(done, "likelihood of held-out points");
    }
    metrics.append(done, Map.of("test_nll", score.nll()));
    metrics.append(done, Map.of("test_elbo", score.elbo()));
    listener.evaluated(done, score);
    return score;
  }

  private void save() {
    FlowCheckpoint.write(folder.lastCheckpoint(), experiment.config().toYaml(), experiment.adam());
    saved = experiment.adam().steps();
  }
}
