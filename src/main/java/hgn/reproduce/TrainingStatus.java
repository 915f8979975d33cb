package hgn.reproduce;

import hgn.files.LockHolder;
import java.nio.file.Path;
import java.util.List;

/**
 * How far a training has come.
 *
 * @param training which
 * @param state in words: done, begun at step N, locked by HOST:PID, not begun, or unusable
 * @param steps that it has in all
 * @param problem one line that says why its folder cannot be used, or null
 */
public record TrainingStatus(Training training, String state, long steps, String problem) {
  /** How far each of {@code trainings} has come, whose runs lie in {@code runs}. */
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

  static TrainingStatus unusable(Training training, long steps, String problem) {
    return new TrainingStatus(training, "unusable", steps, problem);
  }
}
