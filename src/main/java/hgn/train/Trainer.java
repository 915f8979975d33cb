package hgn.train;

import hgn.files.StorageException;
import hgn.frames.Split;
import hgn.train.config.TrainConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a training from its first or its last checkpoint to its last step, leaving metrics and
 * checkpoints in the run's folder.
 *
 * <p>All that it computes is a function of the configuration and the step, so that a run which was
 * stopped and resumed ends in the same bytes as one that never was.
 */
public final class Trainer {
  private final Experiment experiment;
  private final RunFolder folder;
  private final TrainingListener listener;
  private final Evaluator evaluator;
  private final Predictor predictor;
  private volatile boolean stopRequested;
  private long done;
  private volatile long saved;
  private double bestMse = Double.POSITIVE_INFINITY;
  private Score lastScore;

  /**
   * How a run ended.
   *
   * @param first optimiser steps made before this call
   * @param steps optimiser steps made in all
   * @param test error on test rollouts at the last evaluation, or null if there was none
   * @param bestMse lowest error on test rollouts
   * @param finished whether all steps were made; if not, it was asked to stop
   * @param seconds how long this call took
   */
  public record Result(
      long first, long steps, Score test, double bestMse, boolean finished, double seconds) {}

  /** Trains {@code experiment} and writes to {@code folder}. */
  public Trainer(Experiment experiment, RunFolder folder, TrainingListener listener) {
    this.experiment = experiment;
    this.folder = folder;
    this.listener = listener;
    this.evaluator =
        new Evaluator(
            experiment.rollouts(Split.TEST),
            experiment.window(),
            experiment.config().train().batch());
    this.predictor = experiment.predictor();
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
   * @throws StorageException if a file cannot be written
   */
  public Result start() {
    folder.write(folder.config(), experiment.config().toYaml());
    writeCheckpoint(); // so that there is something to resume from, whatever happens
    try (MetricsLog metrics = MetricsLog.create(folder.metrics())) {
      return run(metrics);
    }
  }

  /**
   * Continues from the last checkpoint, under the experiment's configuration from now on.
   *
   * @throws CheckpointException if there is none that fits the configuration
   * @throws IllegalArgumentException if it has more steps than the configuration wants
   */
  public Result resume() {
    Checkpoint.Position position =
        Checkpoint.read(
            folder.lastCheckpoint(),
            experiment.model().parameters(),
            experiment.adam(),
            experiment.objective());
    long total = experiment.config().totalSteps();
    if (position.steps() > total) {
      throw new IllegalArgumentException(
          ("the run has made " + position.steps() + " steps already, more than the " + total)
              + " it shall have; raise train.steps");
    }
    done = position.steps();
    saved = done;
    bestMse = position.bestMse();
    folder.write(folder.config(), experiment.config().toYaml());
    try (MetricsLog metrics = MetricsLog.resume(folder.metrics(), done)) {
      return run(metrics);
    }
  }

  private Result run(MetricsLog metrics) {
    long started = System.nanoTime();
    long first = done;
    TrainConfig train = experiment.config().train();
    long total = experiment.config().totalSteps();
    LossReports reports = new LossReports(listener, metrics, total);
    try (Batches batches = experiment.batches(done);
        Steps steps = experiment.steps()) {
      while (done < total && !stopRequested) {
        steps.run(batches.next(), done);
        done++;
        boolean logs = done == total || done % train.logEvery() == 0;
        boolean evaluates = done == total || isDue(train.evaluateEvery());
        boolean saves = isDue(train.checkpointEvery());
        if (steps.isImmediate() || logs || evaluates || saves) {
          reports.expect(done, logs, steps.ask());
        }
        if (evaluates || saves) {
          reports.finish();
        } else {
          reports.poll();
        }
        if (evaluates) {
          evaluate(metrics);
        }
        if (saves) {
          writeCheckpoint();
        }
      }
      reports.finish();
      if (done > first) {
        steps.losses(); // throws before a model that is not sound is saved
      }
    }
    writeCheckpoint();
    double seconds = (System.nanoTime() - started) * 1e-9;
    return new Result(first, done, lastScore, bestMse, done >= total, seconds);
  }

  private boolean isDue(int every) {
    return every > 0 && done % every == 0;
  }

  private void evaluate(MetricsLog metrics) {
    lastScore = evaluator.reconstruction(predictor, experiment.config().train().evaluateRollouts());
    if (!Double.isFinite(lastScore.mean())) {
      throw new NonFiniteException(done, "error on test rollouts", lastScore.mean());
    }
    boolean best = lastScore.mean() < bestMse;
    if (best) {
      bestMse = lastScore.mean();
      Checkpoint.write(
          folder.bestCheckpoint(),
          experiment.config().toYaml(),
          experiment.adam(),
          experiment.objective(),
          new Checkpoint.Position(done, bestMse));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("test_mse", lastScore.mean());
    values.put("test_mse_interval", lastScore.interval());
    metrics.append(done, values);
    listener.evaluated(done, lastScore, best);
  }

  private void writeCheckpoint() {
    Checkpoint.write(
        folder.lastCheckpoint(),
        experiment.config().toYaml(),
        experiment.adam(),
        experiment.objective(),
        new Checkpoint.Position(done, bestMse));
    saved = done;
  }
}
