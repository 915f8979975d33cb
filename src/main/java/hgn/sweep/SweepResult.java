package hgn.sweep;

import hgn.evaluate.MetricKeys;
import hgn.reproduce.Outcome;
import hgn.run.Checkpoint;
import hgn.run.EvaluationTimes;
import hgn.run.RunFolder;
import java.nio.file.Files;

/**
 * What came out of a task.
 *
 * @param outcome measured or failed
 * @param validation lowest validation error, NaN if there is none
 * @param step at which it was measured
 * @param seconds of training until the last evaluation, NaN if unknown
 */
record SweepResult(Sweep.Task task, Outcome outcome, double validation, long step, double seconds) {
  static SweepResult of(Sweep.Task task, Outcome outcome) {
    RunFolder folder = outcome.folder();
    if (folder == null || !Files.exists(folder.lastCheckpoint())) {
      return new SweepResult(task, outcome, Double.NaN, 0, Double.NaN);
    }
    Checkpoint.Position position = Checkpoint.position(folder.lastCheckpoint());
    double best = Double.isFinite(position.bestMse()) ? position.bestMse() : Double.NaN;
    return new SweepResult(
        task,
        outcome,
        best,
        position.bestStep(),
        EvaluationTimes.total(folder.times()).orElse(Double.NaN));
  }

  double test() {
    return outcome.value(MetricKeys.TEST);
  }
}
