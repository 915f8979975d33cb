package hgn.report;

import hgn.images.Drawing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves of training metrics against the step, one panel each: raw values in a light colour, with
 * their running mean on top. The scale is logarithmic if all finite values are positive and span a
 * factor of 3, else linear; values that are not finite leave gaps.
 */
public final class LossCurves {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int COLUMNS = 2;

  /** Maximum number of points in a panel. */
  private static final int MAX_POINTS = 2000;

  /** Half width of the running mean as a fraction of the series. */
  private static final double REACH = 0.01;

  /** Up to this many points get markers; a single point would be invisible without. */
  private static final int FEW_POINTS = 30;

  private static final Color LINE = new Color(0x1f, 0x5f, 0xa8);
  private static final Color BESIDE = new Color(0xd9, 0x6b, 0x0b);
  private static final Color PALE = new Color(0xb4, 0xcc, 0xe6);

  private LossCurves() {}

  /** Writes the curves as a PNG, two panels per row. */
  public static void write(Path file, List<Curve> curves) {
    Drawing.write(file, () -> draw(curves));
  }

  /** Draws the curves. */
  public static BufferedImage draw(List<Curve> curves) {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("[report] there is no curve to draw");
    }
    int columns = Math.min(COLUMNS, curves.size());
    int rows = (curves.size() + columns - 1) / columns;
    BufferedImage image = new Canvas(columns * WIDTH, rows * HEIGHT).image();
    int panel = 0;
    for (Curve curve : curves) {
      Graphics2D g = image.createGraphics();
      g.translate(panel % columns * WIDTH, panel / columns * HEIGHT);
      chart(curve).paint(g, WIDTH, HEIGHT);
      g.dispose();
      panel++;
    }
    return image;
  }

  private static XYChart chart(Curve curve) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(curve.name())
            .xAxisTitle("step")
            .build();
    ChartStyle.apply(chart);
    double[] finite = finite(curve);
    if (finite.length == 0) {
      chart.setTitle(curve.name() + " (no finite value)");
      finite = new double[] {0};
    }
    ChartStyle.scale(chart, finite);
    double[] x = ChartStyle.uneven(thin(curve.steps()));
    line(chart, "value", x, thin(gaps(curve.values())), PALE, 1).setShowInLegend(false);
    line(chart, "training, running mean", x, thin(smooth(curve.values())), LINE, 2.2f);
    if (curve.beside() != null) {
      Curve beside = curve.beside();
      chart.getStyler().setLegendVisible(true);
      line(chart, beside.name(), beside.steps(), gaps(beside.values()), BESIDE, 1.5f);
    }
    return chart;
  }

  private static double[] finite(Curve curve) {
    DoubleStream own = Arrays.stream(curve.values());
    DoubleStream all =
        curve.beside() == null
            ? own
            : DoubleStream.concat(own, Arrays.stream(curve.beside().values()));
    return all.filter(Double::isFinite).toArray();
  }

  private static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, float width) {
    XYSeries series = chart.addSeries(name, x, y);
    boolean few = Arrays.stream(y).filter(Double::isFinite).count() <= FEW_POINTS;
    series.setMarker(few ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE).setMarkerColor(colour);
    series.setLineColor(colour).setLineStyle(new BasicStroke(width));
    return series;
  }

  private static double[] gaps(double[] values) {
    return Arrays.stream(values)
        .map(value -> Double.isFinite(value) ? value : Double.NaN)
        .toArray();
  }

  /** A curve's running mean, with no more points than can be told apart. */
  public static Curve smoothed(Curve curve) {
    return new Curve(curve.name(), thin(curve.steps()), thin(smooth(curve.values())));
  }

  /** Centred running mean of finite values; NaN if there are none. */
  static double[] smooth(double[] values) {
    int reach = (int) (REACH * values.length);
    double[] mean = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      // Near an end the window shrinks on both sides, so that a slope does not bias the mean.
      int half = Math.min(reach, Math.min(i, values.length - 1 - i));
      double sum = 0;
      int count = 0;
      for (int k = i - half; k <= i + half; k++) {
        if (Double.isFinite(values[k])) {
          sum += values[k];
          count++;
        }
      }
      mean[i] = count > 0 ? sum / count : Double.NaN;
    }
    return mean;
  }

  private static double[] thin(double[] values) {
    int every = (values.length + MAX_POINTS - 1) / MAX_POINTS;
    double[] thinned = new double[(values.length + every - 1) / every];
    for (int i = 0; i < thinned.length; i++) {
      thinned[i] = values[i * every];
    }
    return thinned;
  }
}
