package hgn.files;

/** Makes text from files safe to print on one line. */
public final class OneLine {
  private static final int LONGEST = 400;

  private OneLine() {}

  /**
   * Returns {@code text} with each run of white space and control characters replaced by a blank,
   * truncated if it is very long.
   */
  public static String of(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
