package hgn.sweep;

import hgn.reproduce.Training;
import java.util.List;
import java.util.Map;

/**
 * Trainings that differ in some settings.
 *
 * @param name name of the sweep
 * @param tasks one for each training, in order
 */
public record Sweep(String name, List<Task> tasks) {
  /**
   * A training and what tells it from the others.
   *
   * @param varied values by key, as they are written; the same keys in each task
   */
  public record Task(Training training, Map<String, String> varied) {}

  /** The keys that differ. */
  public List<String> keys() {
    return List.copyOf(tasks.get(0).varied().keySet());
  }

  /** The trainings. */
  public List<Training> trainings() {
    return tasks.stream().map(Task::training).toList();
  }
}
