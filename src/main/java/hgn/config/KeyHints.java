package hgn.config;

import hgn.text.Hints;
import java.util.List;
import java.util.Map;

/** Says what may have been meant by an unknown key. */
final class KeyHints {
  private static final Map<Class<? extends Record>, String> COMMANDS =
      Map.of(Config.class, "train", NhfConfig.class, "flow train");

  private KeyHints() {}

  /** Returns where {@code key} in section {@code path} is known, or what is nearest to it. */
  static String of(Class<? extends Record> root, String path, String key) {
    String whole = path.isEmpty() ? key : path + "." + key;
    for (Map.Entry<Class<? extends Record>, String> other : COMMANDS.entrySet()) {
      if (other.getKey() != root && ConfigBinder.paths(other.getKey(), "").contains(whole)) {
        return "it is a key of '" + other.getValue() + "'";
      }
    }
    return "the nearest valid key is '" + nearest(root, path, key) + "'";
  }

  /**
   * Returns the full path of the key or section nearest to {@code key}. What is in section {@code
   * path} counts as nearer than keys elsewhere, and these as nearer than sections.
   */
  private static String nearest(Class<? extends Record> root, String path, String key) {
    String best = null;
    int smallest = Integer.MAX_VALUE;
    List<String> all = ConfigBinder.paths(root, "");
    for (String candidate : all) {
      int dot = candidate.lastIndexOf('.');
      boolean isHere = candidate.substring(0, Math.max(0, dot)).equals(path);
      boolean isSection = all.stream().anyMatch(other -> other.startsWith(candidate + "."));
      int away = isHere ? 0 : isSection ? 12 : 5; // in tenths of a letter
      int distance = 10 * distance(key, candidate.substring(dot + 1)) + away;
      if (distance < smallest) {
        smallest = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** The edit distance; an abbreviation counts as one edit. */
  private static int distance(String key, String candidate) {
    boolean abbreviated = key.length() > 1 && candidate.startsWith(key) && !candidate.equals(key);
    return abbreviated ? 1 : Hints.distance(key, candidate);
  }
}
