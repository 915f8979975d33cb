package hgn.compare;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Short names of runs: those of their folders, with as much of the paths as tells them apart. */
final class RunLabels {
  /** Characters that a frame of a film is wide. */
  private static final int LONGEST = 18;

  private static final int LETTERS = 26;

  private RunLabels() {}

  /**
   * A name for each path.
   *
   * @throws StorageException if two paths lead to one folder
   */
  static List<String> of(List<Path> paths) {
    Set<Path> seen = new HashSet<>();
    List<Path> whole = new ArrayList<>();
    for (Path path : paths) {
      Path real = real(path);
      whole.add(real);
      if (!seen.add(real)) {
        throw new StorageException(path, "this run is named twice", "name each run once");
      }
    }
    int names = 1;
    while (new HashSet<>(ends(whole, names)).size() < paths.size()) {
      names++;
    }
    return ends(whole, names);
  }

  /** Names that are short: the labels themselves where all are, else letters and then numbers. */
  static List<String> marks(List<String> labels) {
    boolean fit = labels.stream().allMatch(label -> label.length() <= LONGEST);
    return fit
        ? labels
        : IntStream.range(0, labels.size())
            .mapToObj(i -> i < LETTERS ? Character.toString('A' + i) : Integer.toString(i + 1))
            .toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException absent) {
      return path.toAbsolutePath().normalize(); // opening it will say what is wrong
    }
  }

  private static List<String> ends(List<Path> paths, int names) {
    return paths.stream()
        .map(path -> path.subpath(Math.max(0, path.getNameCount() - names), path.getNameCount()))
        .map(Path::toString)
        .toList();
  }
}
