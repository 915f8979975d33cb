package hgn.text;

import java.util.Locale;

/** Formats amounts of memory. */
public final class Bytes {
  private Bytes() {}

  /** Formats bytes as MB, GB or TB. */
  public static String format(double bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : bytes < 1e13
            ? String.format(Locale.ROOT, "%.2f GB", bytes / 1e9)
            : String.format(Locale.ROOT, "%.0f TB", bytes / 1e12);
  }
}
