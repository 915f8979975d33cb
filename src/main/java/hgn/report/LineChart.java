package hgn.report;

import hgn.images.Drawing;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A chart of several lines with a legend. The scale is logarithmic for a large range; values that
 * it cannot show, such as 0, leave gaps.
 */
public final class LineChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final float LINE = 1.8f;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<ChartData.Line> lines = new ArrayList<>();

  /** Creates an empty chart. */
  public LineChart(String title, String x, String y) {
    this.title = title;
    xLabel = x;
    yLabel = y;
  }

  /** Adds a line with a unique name. */
  public LineChart add(String name, double[] x, double[] y) {
    double[] shown = Arrays.stream(y).map(v -> v > 0 ? v : Double.NaN).toArray();
    lines.add(new ChartData.Line(name, x.clone(), shown));
    return this;
  }

  /** Whether there is a line to see: two points without a gap between them. */
  private static boolean shows(double[] values) {
    return IntStream.range(1, values.length)
        .anyMatch(i -> !Double.isNaN(values[i - 1] + values[i]));
  }

  /** Whether the chart has no lines. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Returns its numbers. */
  public ChartData data() {
    return ChartData.of(title, xLabel, yLabel, lines);
  }

  /** Writes charts one below the other as a PNG. */
  public static void write(Path file, List<LineChart> charts) {
    Drawing.write(file, () -> draw(charts));
  }

  private static BufferedImage draw(List<LineChart> charts) {
    BufferedImage image = new Canvas(WIDTH, charts.size() * HEIGHT).image();
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D g = image.createGraphics();
      g.translate(0, i * HEIGHT);
      charts.get(i).chart().paint(g, WIDTH, HEIGHT);
      g.dispose();
    }
    return image;
  }

  private XYChart chart() {
    XYChart chart = ChartStyle.forLines(title, xLabel, yLabel, WIDTH, HEIGHT);
    for (ChartData.Line line : lines) {
      chart
          .addSeries(line.name(), ChartStyle.uneven(line.x().clone()), line.y())
          .setMarker(shows(line.y()) ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
          .setLineStyle(new BasicStroke(LINE));
    }
    double[] finite =
        lines.stream()
            .flatMapToDouble(line -> Arrays.stream(line.y()))
            .filter(Double::isFinite)
            .toArray();
    if (finite.length > 0) {
      ChartStyle.scale(chart, finite);
    }
    return chart;
  }
}
