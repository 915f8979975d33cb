package hgn.reproduce.sections;

import java.util.Locale;

/** Formats numbers for table cells. */
final class Cells {
  private Cells() {}

  /** Two decimals; a dash for NaN. */
  static String decimals(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
