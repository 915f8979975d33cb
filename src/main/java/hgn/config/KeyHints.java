package hgn.config;

import hgn.text.Hints;
import java.util.List;

/** Suggests the valid key nearest to an unknown one. */
final class KeyHints {
  private KeyHints() {}

  /**
   * Returns the full path of the key nearest to {@code key}. Ties go to keys of section {@code
   * path}.
   */
  static String nearest(Class<? extends Record> root, String path, String key) {
    String best = null;
    int smallest = Integer.MAX_VALUE;
    List<String> all = ConfigBinder.paths(root, "");
    for (String candidate : all) {
      int dot = candidate.lastIndexOf('.');
      boolean elsewhere = !candidate.substring(0, dot).equals(path);
      int distance = 2 * distance(key, candidate.substring(dot + 1)) + (elsewhere ? 1 : 0);
      if (distance < smallest) {
        smallest = distance;
        best = candidate;
      }
    }
    return path.isEmpty() ? sectionOr(root, best, key, smallest) : best;
  }

  /** The edit distance; an abbreviation counts as one edit. */
  private static int distance(String key, String candidate) {
    boolean abbreviated = key.length() > 1 && candidate.startsWith(key) && !candidate.equals(key);
    return abbreviated ? 1 : Hints.distance(key, candidate);
  }

  /** At the top level, the user may have misspelt a section or left out a key's section. */
  private static String sectionOr(
      Class<? extends Record> root, String best, String key, int distance) {
    String section = Hints.nearest(key, ConfigBinder.keys(root));
    return 2 * Hints.distance(key, section) < distance ? section : best;
  }
}
