package hgn.cli;

import hgn.reproduce.TrainingStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.ToIntFunction;

/** Prints the status of trainings, one per line, starting with the name. */
record StatusTable(List<TrainingStatus> rows) {
  void print(PrintWriter out) {
    int name = widest(row -> row.training().name().length());
    int state = widest(row -> row.state().length());
    for (TrainingStatus row : rows) {
      String line =
          padded(row.training().name(), name) + padded(row.state(), state) + row.steps() + " steps";
      out.println(row.problem() == null ? line : line + "  " + row.problem());
    }
    out.flush();
  }

  private int widest(ToIntFunction<TrainingStatus> width) {
    return rows.stream().mapToInt(width).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width + 2 - text.length());
  }
}
