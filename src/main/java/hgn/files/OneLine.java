package hgn.files;

/** Makes text from files safe to print on one line. */
public final class OneLine {
  private static final int LONGEST = 400;

  private OneLine() {}

  /**
   * Returns {@code text} with each line break and each run of control characters, and the white
   * space around it, replaced by a blank, truncated if it is very long.
   */
  public static String of(String text) {
    String line = whole(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** As {@link #of}, but not truncated. Other blanks stay: a path may have several in a row. */
  public static String whole(String text) {
    return text.replaceAll("\\s*[\\p{Cntrl}\\u0085\\u2028\\u2029]+\\s*", " ").strip();
  }
}
