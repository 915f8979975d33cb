package hgn.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Quotes words for a POSIX shell. */
public final class Shell {
  private Shell() {}

  /** Returns the words as a command line, each quoted where needed. */
  public static String join(String... words) {
    return Arrays.stream(words).map(Shell::quote).collect(Collectors.joining(" "));
  }

  /** Returns a word such that a shell reads it as it is; on one line, whatever is in it. */
  public static String quote(String word) {
    if (word.matches("[A-Za-z0-9_@%+=:,./-]+")) {
      return word;
    }
    return word.chars().anyMatch(Character::isISOControl)
        ? "\"$(printf '" + escape(word) + "')\""
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Escapes a word for the format of {@code printf} within single quotes. */
  private static String escape(String word) {
    StringBuilder text = new StringBuilder();
    for (char c : word.toCharArray()) {
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '%' -> text.append("%%");
        case '\'' -> text.append("\\047");
        default -> {
          if (c < ' ' || c == 0x7f) {
            text.append(String.format(Locale.ROOT, "\\%03o", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.toString();
  }
}
