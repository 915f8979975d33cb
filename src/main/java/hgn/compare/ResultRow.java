package hgn.compare;

import hgn.evaluate.Measure;
import hgn.predict.Estimate;
import java.util.List;
import java.util.Optional;

/**
 * One number of each run.
 *
 * @param label what it is
 * @param key its name for programs
 * @param source the file that it was read from
 * @param unit how to print it
 * @param values of each run; empty where it has none
 */
public record ResultRow(
    String label, String key, String source, Measure.Unit unit, List<Optional<Estimate>> values) {
  /** Keeps a copy of the list. */
  public ResultRow {
    values = List.copyOf(values);
  }

  /** Whether no run has it. */
  boolean isEmpty() {
    return values.stream().allMatch(Optional::isEmpty);
  }
}
