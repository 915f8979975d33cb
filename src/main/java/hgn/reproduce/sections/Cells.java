package hgn.reproduce.sections;

import java.util.Locale;

/** Numbers as the cells of a table show them. */
final class Cells {
  private Cells() {}

  /** With two decimals; a dash where there is none. */
  static String decimals(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
