package hgn.reproduce;

import hgn.run.RunFolder;
import java.util.Map;

/**
 * The outcome of a training: measured or failed.
 *
 * @param training the training
 * @param folder of the run, or null if it has none
 * @param values measured values by name
 * @param failure one-line reason of a failure, or null
 */
public record Outcome(
    Training training, RunFolder folder, Map<String, Double> values, String failure) {
  /** Returns the measured value {@code name}, or NaN. */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** Whether it was trained and measured. */
  public boolean succeeded() {
    return failure == null;
  }
}
