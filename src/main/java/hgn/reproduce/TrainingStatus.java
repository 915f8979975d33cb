package hgn.reproduce;

import hgn.files.LockHolder;
import hgn.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The status of a training.
 *
 * @param training the training
 * @param state one of: done, begun at step N, locked by HOST:PID, not begun, failed, or unusable
 * @param steps its total number of steps
 * @param problem one-line reason why it failed or its folder cannot be used, or null
 */
public record TrainingStatus(Training training, String state, long steps, String problem) {
  /** The status of each of {@code trainings}, with run folders in {@code runs}. */
  public static List<TrainingStatus> of(Path runs, List<Training> trainings) {
    return trainings.stream().map(training -> new TrainingFolder(runs, training).status()).toList();
  }

  static TrainingStatus done(Training training, long steps) {
    return new TrainingStatus(training, "done", steps, null);
  }

  static TrainingStatus begun(Training training, long steps, long made) {
    return new TrainingStatus(training, "begun at step " + made, steps, null);
  }

  static TrainingStatus locked(Training training, long steps, LockHolder holder) {
    return new TrainingStatus(training, "locked by " + holder, steps, null);
  }

  static TrainingStatus notBegun(Training training, long steps) {
    return new TrainingStatus(training, "not begun", steps, null);
  }

  static TrainingStatus failed(Training training, long steps, String reason) {
    return new TrainingStatus(training, "failed", steps, reason);
  }

  /** Whether another call of the campaign would find nothing left to do but to try it again. */
  public boolean isEnded() {
    return state.equals("done") || problem != null;
  }

  /**
   * The outcome: measured, or why there is none.
   *
   * @param runs folder of the run folders
   */
  public Outcome outcome(Path runs) {
    return new TrainingFolder(runs, training)
        .outcome()
        .orElseGet(
            () ->
                new Outcome(
                    training,
                    RunFolder.openBegun(runs.resolve(training.name())).orElse(null),
                    Map.of(),
                    problem == null ? state : problem));
  }

  static TrainingStatus unusable(Training training, long steps, String problem) {
    return new TrainingStatus(training, "unusable", steps, problem);
  }
}
