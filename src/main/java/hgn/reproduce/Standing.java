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
public record Standing(Training training, String state, long steps, String problem) {
  /** How far each of {@code trainings} has come, whose runs lie in {@code runs}. */
  public static List<Standing> of(Path runs, List<Training> trainings) {
    return trainings.stream()
        .map(training -> new TrainingFolder(runs, training).standing())
        .toList();
  }

  static Standing done(Training training, long steps) {
    return new Standing(training, "done", steps, null);
  }

  static Standing begun(Training training, long steps, long made) {
    return new Standing(training, "begun at step " + made, steps, null);
  }

  static Standing locked(Training training, long steps, LockHolder holder) {
    return new Standing(training, "locked by " + holder, steps, null);
  }

  static Standing notBegun(Training training, long steps) {
    return new Standing(training, "not begun", steps, null);
  }

  static Standing unusable(Training training, long steps, String problem) {
    return new Standing(training, "unusable", steps, problem);
  }
}
