package hgn.text;

import java.util.Collection;
import java.util.Locale;

/** Suggests corrections of misspelt words. */
public final class Hints {
  private Hints() {}

  /**
   * Returns the first candidate with the smallest edit distance from {@code word}, ignoring case.
   *
   * @throws IllegalArgumentException if there are no candidates
   */
  public static String nearest(String word, Collection<String> candidates) {
    String best = null;
    int smallest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < smallest) {
        smallest = distance;
        best = candidate;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("[hints] no candidates for '" + word + "'");
    }
    return best;
  }

  /**
   * Optimal string alignment distance: the minimum number of insertions, deletions, substitutions
   * and swaps of adjacent characters that turn a into b, with no position edited twice.
   */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : edited(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int edited(String a, String b, int[][] d, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
