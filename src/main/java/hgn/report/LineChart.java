package hgn.report;

import hgn.files.AtomicFile;
import hgn.images.Png;
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
  private final XYChart chart;
  private final List<double[]> all = new ArrayList<>();

  /** Creates an empty chart. */
  public LineChart(String title, String x, String y) {
    this.title = title;
    xLabel = x;
    yLabel = y;
    chart = ChartStyle.forLines(title, x, y, WIDTH, HEIGHT);
  }

  /** Adds a line with a unique name. */
  public LineChart add(String name, double[] x, double[] y) {
    double[] shown = Arrays.stream(y).map(v -> v > 0 ? v : Double.NaN).toArray();
    all.add(shown);
    lines.add(new ChartData.Line(name, x.clone(), shown));
    chart
        .addSeries(name, ChartStyle.uneven(x.clone()), shown)
        .setMarker(shows(shown) ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE)
        .setLineStyle(new BasicStroke(LINE));
    return this;
  }

  /** Whether there is a line to see: two points without a gap between them. */
  private static boolean shows(double[] values) {
    return IntStream.range(1, values.length)
        .anyMatch(i -> !Double.isNaN(values[i - 1] + values[i]));
  }

  /** Whether the chart has no lines. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns its numbers. */
  public ChartData data() {
    return ChartData.of(title, xLabel, yLabel, lines);
  }

  /** Writes charts one below the other as a PNG. */
  public static void write(Path file, List<LineChart> charts) {
    BufferedImage image = new Canvas(WIDTH, charts.size() * HEIGHT).image();
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D g = image.createGraphics();
      g.translate(0, i * HEIGHT);
      charts.get(i).scaled().paint(g, WIDTH, HEIGHT);
      g.dispose();
    }
    AtomicFile.writeStream(file, out -> Png.write(image, out));
  }

  private XYChart scaled() {
    double[] finite =
        all.stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    if (finite.length > 0) {
      ChartStyle.scale(chart, finite);
    }
    return chart;
  }
}
