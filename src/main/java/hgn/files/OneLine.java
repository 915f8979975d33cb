package hgn.files;

import java.util.regex.Pattern;

/** Makes text from files safe to print on one line. */
public final class OneLine {
  private static final int LONGEST = 400;

  /** Of the controls, U+0080 to U+009F too: some terminals obey them. */
  private static final Pattern BREAKS = Pattern.compile("\\s*[\\p{Cc}\\u2028\\u2029]+\\s*");

  private static final String GAP = " ... ";

  private OneLine() {}

  /**
   * Returns {@code text} with each line break and each run of control characters, and the white
   * space around it, replaced by a blank. Of a very long one the middle is left out, since the
   * remedy stands at the end.
   */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /** As {@link #of(String)}, with at most {@code longest} characters. */
  public static String of(String text, int longest) {
    String line = whole(text);
    int half = (longest - GAP.length()) / 2;
    return line.length() <= longest
        ? line
        : line.substring(0, half) + GAP + line.substring(line.length() - half);
  }

  /** As {@link #of(String)}, of any length. Other blanks stay: a path may have several in a row. */
  public static String whole(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }
}
