package hgn.config;

import hgn.text.Hints;
import java.util.List;

/** Which key of the configuration an unknown one was meant to be. */
final class KeyHints {
  private KeyHints() {}

  /**
   * The full path of the key of {@code root} most like {@code key}; among equally like ones, one of
   * section {@code path} where there is any.
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

  /** The edit distance, an abbreviation counting as one edit. */
  private static int distance(String key, String candidate) {
    boolean abbreviated = key.length() > 1 && candidate.startsWith(key) && !candidate.equals(key);
    return abbreviated ? 1 : Hints.distance(key, candidate);
  }

  /** At the top level a misspelt section is as likely as a key that lacks its section. */
  private static String sectionOr(
      Class<? extends Record> root, String best, String key, int distance) {
    String section = Hints.nearest(key, ConfigBinder.keys(root));
    return 2 * Hints.distance(key, section) < distance ? section : best;
  }
}
