package hgn.compare;

import hgn.config.ConfigDifferences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Several runs.
 *
 * @param runs in the order in which they were named
 */
public record RunComparison(List<ComparedRun> runs) {
  /**
   * Reads the runs.
   *
   * @throws hgn.files.StorageException if one cannot be compared
   */
  public static RunComparison of(List<Path> paths) {
    List<String> labels = RunLabels.of(paths);
    List<String> marks = RunLabels.marks(labels);
    List<ComparedRun> runs = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      runs.add(ComparedRun.open(labels.get(i), marks.get(i), paths.get(i)));
    }
    return new RunComparison(List.copyOf(runs));
  }

  /** Their names. */
  public List<String> labels() {
    return runs.stream().map(ComparedRun::label).toList();
  }

  /** The keys in which their configurations differ, each with the value of each run. */
  public Map<String, List<String>> differences() {
    return ConfigDifferences.of(runs.stream().map(ComparedRun::config).toList());
  }

  /** What came out of them, number by number. */
  public List<ResultRow> results() {
    return ResultRows.of(runs);
  }
}
