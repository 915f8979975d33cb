package hgn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.console.Format;
import hgn.compare.ResultRow;
import hgn.compare.RunComparison;
import hgn.evaluate.Measure;
import hgn.files.JsonNumbers;
import hgn.predict.Estimate;
import hgn.report.Document;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison of runs as tables and as JSON. */
record ComparisonTables(RunComparison comparison) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NONE = "-";
  private static final double LARGEST_WHOLE = 1e15;

  /** The settings that differ, a column for each run. */
  Document.Table settings() {
    List<List<String>> rows = new ArrayList<>();
    comparison.differences().forEach((key, values) -> rows.add(row(List.of(key), values)));
    return new Document.Table(row(List.of("setting"), comparison.labels()), rows);
  }

  /** The numbers, a column for each run behind that of their source. */
  Document.Table results() {
    List<List<String>> rows = new ArrayList<>();
    for (ResultRow result : comparison.results()) {
      List<String> cells =
          result.values().stream().map(value -> cell(value, result.unit())).toList();
      rows.add(row(List.of(result.label(), result.source()), cells));
    }
    return new Document.Table(row(List.of("result", "from"), comparison.labels()), rows);
  }

  private static List<String> row(List<String> head, List<String> cells) {
    List<String> row = new ArrayList<>(head);
    row.addAll(cells);
    return row;
  }

  private static String cell(Optional<Estimate> value, Measure.Unit unit) {
    return value.map(score -> text(score, unit)).orElse(NONE);
  }

  /** Counts are shown with all digits. */
  private static String text(Estimate score, Measure.Unit unit) {
    double mean = score.mean();
    boolean whole = mean == Math.rint(mean) && Math.abs(mean) < LARGEST_WHOLE;
    return unit == Measure.Unit.NUMBER && whole && !(score.interval() > 0)
        ? String.format(Locale.ROOT, "%.0f", mean)
        : Format.of(score, unit);
  }

  /** Prints both tables. */
  void print(PrintWriter out) {
    Document.Table settings = settings();
    if (settings.rows().isEmpty()) {
      out.println("the configurations are the same");
    } else {
      print(out, settings);
    }
    out.println();
    print(out, results());
    out.flush();
  }

  private static void print(PrintWriter out, Document.Table table) {
    List<List<String>> lines = new ArrayList<>(table.rows());
    lines.add(0, table.columns());
    int[] widths = new int[table.columns().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).append(" ".repeat(widths[i] + 2 - line.get(i).length()));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /** The runs by name, then settings and results with a value for each run. */
  ObjectNode json() {
    ObjectNode tree = JSON.createObjectNode();
    ObjectNode runs = tree.putObject("runs");
    comparison.runs().forEach(run -> runs.put(run.label(), run.folder().toString()));
    ObjectNode settings = tree.putObject("settings");
    comparison
        .differences()
        .forEach(
            (key, values) -> {
              ObjectNode setting = settings.putObject(key);
              for (int i = 0; i < values.size(); i++) {
                setting.put(comparison.labels().get(i), values.get(i));
              }
            });
    ObjectNode results = tree.putObject("results");
    comparison.results().forEach(row -> put(results.withObject("/" + row.source()), row));
    return tree;
  }

  private void put(ObjectNode source, ResultRow row) {
    ObjectNode result = source.putObject(row.key());
    for (int i = 0; i < row.values().size(); i++) {
      ObjectNode value = result.putObject(comparison.labels().get(i));
      row.values()
          .get(i)
          .ifPresent(
              score -> {
                JsonNumbers.put(value, "value", score.mean());
                if (score.hasInterval()) {
                  value.put("interval", score.interval());
                }
              });
    }
  }
}
