package hgn.reproduce;

import hgn.run.RunFolder;
import java.util.Map;

/**
 * How a training ended: measured, or failed.
 *
 * @param training what was trained
 * @param folder of the run, or null if it has none
 * @param values what was measured, by name
 * @param failure one line that says why there are no values, or null
 */
public record Outcome(
    Training training, RunFolder folder, Map<String, Double> values, String failure) {
  /** What was measured under {@code name}, or NaN. */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** Whether it was trained and measured. */
  public boolean succeeded() {
    return failure == null;
  }
}
