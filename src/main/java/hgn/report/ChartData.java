package hgn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of a chart, for a page that draws it itself.
 *
 * @param title of the chart
 * @param x label of the horizontal axis
 * @param y label of the vertical axis
 * @param log whether the vertical axis is logarithmic
 * @param lines told apart by their names
 */
public record ChartData(String title, String x, String y, boolean log, List<Line> lines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Digits that nobody can see the end of, and that keep a page small. */
  private static final MathContext DIGITS = new MathContext(5);

  /** Lines longer than this are drawn by every second, third, ... of their points. */
  private static final int MAX_POINTS = 1000;

  /** Values over these many factors of ten want a logarithmic axis. */
  private static final double WIDE = 30;

  /**
   * A line.
   *
   * @param name in the legend
   * @param x ascending
   * @param y as many; gaps where they are not finite
   */
  public record Line(String name, double[] x, double[] y) {}

  /** Copies the list. */
  public ChartData {
    lines = List.copyOf(lines);
  }

  /** Returns a chart that is logarithmic where all values are positive and span much. */
  static ChartData of(String title, String x, String y, List<Line> lines) {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Line line : lines) {
      for (double value : line.y()) {
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
    }
    return new ChartData(title, x, y, least > 0 && most / least > WIDE, lines);
  }

  /** Returns charts as JSON that may stand in a page. */
  static String json(List<ChartData> charts) {
    try {
      // a closing tag within a name would end the script that holds it
      return JSON.writeValueAsString(charts.stream().map(ChartData::tree).toList())
          .replace("<", "\\u003c");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("[report] cannot write JSON", impossible);
    }
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("title", title);
    tree.put("x", x);
    tree.put("y", y);
    tree.put("log", log);
    List<Map<String, Object>> drawn = new ArrayList<>();
    for (Line line : lines) {
      int stride = Math.max(1, (line.x().length + MAX_POINTS - 1) / MAX_POINTS);
      drawn.add(
          Map.of(
              "name", line.name(), "x", numbers(line.x(), stride), "y", numbers(line.y(), stride)));
    }
    tree.put("lines", drawn);
    return tree;
  }

  /** Every {@code stride}-th number and the last one. */
  private List<BigDecimal> numbers(double[] values, int stride) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (i % stride == 0 || i == values.length - 1) {
        numbers.add(Double.isFinite(values[i]) ? new BigDecimal(values[i], DIGITS) : null);
      }
    }
    return numbers;
  }
}
