package hgn.train;

import hgn.config.Config;
import hgn.config.TrainConfig;
import hgn.files.StorageException;
import hgn.nn.ParameterAverage;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.predict.PredictionException;
import hgn.predict.Predictor;
import hgn.ranks.Ranks;
import hgn.run.Checkpoint;
import hgn.run.EvaluationTimes;
import hgn.run.MetricsLog;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trains from the start or from the last checkpoint to the last step, and writes metrics and
 * checkpoints to the run's folder.
 *
 * <p>All results are functions of the configuration and the step, so that an interrupted and
 * resumed run ends in the same bytes as an uninterrupted one, given the same backend, number of
 * threads and instruction set.
 */
public final class Trainer {
  private final Experiment experiment;
  private final RunFolder folder;
  private final Ranks ranks;
  private final TrainingListener listener;
  private final Evaluator evaluator;
  private final Predictor predictor;
  private final TrainingLoop loop;
  private Checkpoint.Position position = Checkpoint.Position.START;

  /**
   * The outcome of a call.
   *
   * @param first optimiser steps completed before this call
   * @param steps optimiser steps completed in total
   * @param bestMse lowest validation error, infinite if there was no evaluation
   * @param bestStep step of that evaluation
   * @param finished whether training is complete, with the best parameters in the model; if false,
   *     a stop was requested
   * @param seconds duration of this call
   */
  public record Result(
      long first, long steps, double bestMse, long bestStep, boolean finished, double seconds) {}

  /** Trains {@code experiment} and writes to {@code folder}. */
  public Trainer(Experiment experiment, RunFolder folder, TrainingListener listener) {
    this(experiment, folder, listener, Ranks.alone());
  }

  /**
   * As above, as the first of these ranks; each other one {@linkplain Follower follows} with the
   * same configuration.
   */
  public Trainer(Experiment experiment, RunFolder folder, TrainingListener listener, Ranks ranks) {
    this.experiment = experiment;
    this.folder = folder;
    this.ranks = ranks;
    this.listener = listener;
    TrainConfig train = experiment.config().train();
    this.loop =
        new TrainingLoop(
            new TrainingLoop.Cadence(
                train.logEvery(), train.evaluateEvery(), train.checkpointEvery()));
    this.evaluator = new Evaluator(experiment.validation(), experiment.window(), train.batch());
    this.predictor = experiment.predictor();
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
   * @throws StorageException if a file cannot be written
   */
  public Result start() {
    folder.write(folder.config(), experiment.config().toYaml());
    experiment.begin();
    writeCheckpoint(); // so that the run can always be resumed
    try (MetricsLog metrics = MetricsLog.create(folder.metrics());
        EvaluationTimes times = EvaluationTimes.after(0, folder.times())) {
      return run(metrics, times);
    }
  }

  /**
   * Resumes from the last checkpoint under the experiment's current configuration.
   *
   * @throws CheckpointException if there is no checkpoint that fits the configuration
   * @throws IllegalArgumentException if the checkpoint has more steps than the configuration
   */
  public Result resume() {
    position =
        Checkpoint.read(
            folder.lastCheckpoint(),
            experiment.model().parameters(),
            experiment.adam(),
            experiment.weighting(),
            experiment.average());
    long total = experiment.config().totalSteps();
    if (position.steps() > total) {
      throw new IllegalArgumentException(
          ("the run has made " + position.steps() + " steps already, more than the " + total)
              + " it shall have; raise train.steps");
    }
    loop.saved(position.steps());
    folder.write(folder.config(), experiment.config().toYaml());
    try (MetricsLog metrics = MetricsLog.resume(folder.metrics(), position.steps());
        EvaluationTimes times = EvaluationTimes.after(position.steps(), folder.times())) {
      return run(metrics, times);
    }
  }

  private Result run(MetricsLog metrics, EvaluationTimes times) {
    long started = System.nanoTime();
    long first = position.steps();
    Config config = experiment.config();
    long total = config.totalSteps();
    listener.begins(first);
    LossReports reports = new LossReports(listener, metrics, experiment.latentTerm(), total);
    TrainingState.fromFirst(ranks, experiment, position);
    try (StepSequence steps =
        experiment.training(first, GradientWatch.of(listener, loop, total), ranks)) {
      loop.run(first, total, new Work(steps, reports, metrics, times));
      reports.finish();
      if (position.steps() > first) {
        steps.ask().losses(); // throws before a model that is not finite is saved
      }
    }
    writeCheckpoint();
    boolean finished = position.isEnd(config);
    if (finished) {
      Checkpoint.readModel(folder.preferredCheckpoint(), experiment.model().parameters());
    }
    return new Result(
        first,
        position.steps(),
        position.bestMse(),
        position.bestStep(),
        finished,
        (System.nanoTime() - started) * 1e-9);
  }

  /** The actions of the training loop. */
  private final class Work implements TrainingLoop.Work {
    private final StepSequence steps;
    private final LossReports reports;
    private final MetricsLog metrics;
    private final EvaluationTimes times;

    Work(StepSequence steps, LossReports reports, MetricsLog metrics, EvaluationTimes times) {
      this.steps = steps;
      this.reports = reports;
      this.metrics = metrics;
      this.times = times;
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
      boolean waits = due.evaluates() || due.saves();
      if (steps.isEager() || due.logs() || waits) {
        reports.expect(done, due.logs(), steps.ask());
      }
      if (waits) {
        reports.finish();
      } else {
        reports.poll();
      }
    }

    @Override
    public void evaluate(long done) {
      Trainer.this.evaluate(metrics, times);
      TrainingState.position(ranks, position);
    }

    @Override
    public void save(long done) {
      writeCheckpoint();
    }
  }

  /** Evaluates the parameters, or their averages if the run keeps them, and saves the best. */
  private void evaluate(MetricsLog metrics, EvaluationTimes times) {
    if (experiment.average().isEmpty()) {
      evaluateAndKeepBest(metrics, times);
      return;
    }
    try (ParameterAverage.InUse averages = experiment.average().get().use()) {
      evaluateAndKeepBest(metrics, times);
    }
  }

  private void evaluateAndKeepBest(MetricsLog metrics, EvaluationTimes times) {
    long done = position.steps();
    Estimate score;
    try {
      score = evaluator.reconstruction(predictor, experiment.config().train().evaluateRollouts());
    } catch (PredictionException place) {
      throw new NonFiniteException(done, place);
    }
    if (!Double.isFinite(score.mean())) {
      throw new NonFiniteException(done, "error on validation rollouts", score.mean());
    }
    boolean best = score.mean() < position.bestMse();
    if (best) {
      position = new Checkpoint.Position(done, score.mean(), done);
      Checkpoint.write(
          folder.bestCheckpoint(),
          experiment.config().toYaml(),
          experiment.adam(),
          experiment.weighting(),
          Optional.empty(),
          position);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("validation_mse", score.mean());
    if (score.hasInterval()) {
      values.put("validation_mse_interval", score.interval());
    }
    metrics.append(done, values);
    listener.logged(done, values);
    times.note(done, score.mean());
    listener.evaluated(done, score, best);
  }

  private void writeCheckpoint() {
    Checkpoint.write(
        folder.lastCheckpoint(),
        experiment.config().toYaml(),
        experiment.adam(),
        experiment.weighting(),
        experiment.average(),
        position);
    loop.saved(position.steps());
  }
}
