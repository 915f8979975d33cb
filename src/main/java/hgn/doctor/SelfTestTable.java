package hgn.doctor;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the errors of self-tests as a table. */
public final class SelfTestTable {
  private static final int LABEL = 48;
  private static final int COLUMN = 16;

  private SelfTestTable() {}

  /** Prints one row per operation and one column per backend, and returns whether all passed. */
  public static boolean print(PrintWriter out, Map<String, List<SelfTest.Result>> columns) {
    StringBuilder head =
        new StringBuilder(
            cell("largest relative error, against " + SelfTest.REFERENCE + " float64", LABEL));
    columns.keySet().forEach(name -> head.append(cell(name, COLUMN)));
    out.println(head.toString().stripTrailing());
    boolean passed = true;
    int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
    for (int row = 0; row < rows; row++) {
      String operation = null;
      StringBuilder line = new StringBuilder();
      for (List<SelfTest.Result> column : columns.values()) {
        SelfTest.Result result = column.get(row);
        operation = result.operation();
        passed &= result.passed();
        String error = String.format(Locale.ROOT, "%.1e", result.error());
        line.append(cell(result.passed() ? error : error + " WRONG", COLUMN));
      }
      out.println(cell("  " + operation, LABEL) + line.toString().stripTrailing());
    }
    return passed;
  }

  private static String cell(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
