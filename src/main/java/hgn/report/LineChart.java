package hgn.report;

import hgn.files.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines in one panel, told apart by colour and legend, on a logarithmic scale where they span much;
 * values that it could not show, 0 among them, leave gaps.
 */
public final class LineChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final float LINE = 1.8f;

  private final XYChart chart;
  private final List<double[]> all = new ArrayList<>();

  /** An empty panel. */
  public LineChart(String title, String x, String y) {
    chart = ChartStyle.forLines(title, x, y, WIDTH, HEIGHT);
  }

  /** Adds a line; a name may be given once. */
  public LineChart add(String name, double[] x, double[] y) {
    double[] shown = Arrays.stream(y).map(v -> v > 0 ? v : Double.NaN).toArray();
    all.add(shown);
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

  /** Whether it has no line. */
  public boolean isEmpty() {
    return all.isEmpty();
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
    AtomicFile.writeStream(file, out -> ImageIO.write(image, "png", out));
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
