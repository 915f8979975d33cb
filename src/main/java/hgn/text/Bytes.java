package hgn.text;

import java.util.Locale;

/** Amounts of memory as people read them. */
public final class Bytes {
  private Bytes() {}

  /** Bytes in the unit that fits. */
  public static String format(double bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
