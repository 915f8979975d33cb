package hgn.report;

import hgn.images.Drawing;
import hgn.verify.Verification;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A comparison of integrators: the error against dt, whose slope is the order, and the running
 * maximum of the deviation of H against time. All scales except time are logarithmic. Integrators
 * that do not follow H are dashed.
 */
public final class VerificationPlots {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 560;

  /** Plotted range: values below are rounding errors, values above are off the scale. */
  private static final double LEAST = 1e-16;

  private static final double MOST = 1e3;
  private static final int POINTS = 400;
  private static final float LINE = 1.8f;

  private VerificationPlots() {}

  /** Writes both panels as a PNG. */
  public static void write(Path file, String problem, List<Verification> found) {
    Drawing.write(file, () -> draw(problem, found));
  }

  /** Draws both panels. */
  public static BufferedImage draw(String problem, List<Verification> found) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException("[report] no integrator was measured on " + problem);
    }
    BufferedImage image = new Canvas(2 * WIDTH, HEIGHT).image();
    paint(image, 0, errors(problem, found));
    paint(image, WIDTH, energies(problem, found));
    return image;
  }

  private static void paint(BufferedImage image, int left, XYChart chart) {
    Graphics2D g = image.createGraphics();
    g.translate(left, 0);
    chart.paint(g, WIDTH, HEIGHT);
    g.dispose();
  }

  private static XYChart errors(String problem, List<Verification> found) {
    XYChart chart = chart("error on " + problem, "dt", "error, root mean square");
    chart.getStyler().setXAxisLogarithmic(true);
    lines(chart, found, v -> v.order().dts(), v -> v.order().errors(), true);
    return chart;
  }

  private static XYChart energies(String problem, List<Verification> found) {
    XYChart chart = chart("energy of " + problem, "time", "largest |H - H(0)| so far");
    lines(
        chart,
        found,
        v -> ChartStyle.uneven(thin(v.energy().times())),
        v -> thin(largestSoFar(v.energy().deviations())),
        false);
    return chart;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart = ChartStyle.forLines(title, x, y, WIDTH, HEIGHT);
    chart.getStyler().setYAxisLogarithmic(true);
    return chart;
  }

  private static void lines(
      XYChart chart,
      List<Verification> found,
      Function<Verification, double[]> xs,
      Function<Verification, double[]> ys,
      boolean marked) {
    for (Verification one : found) {
      double[] y = Arrays.stream(ys.apply(one)).map(VerificationPlots::visible).toArray();
      XYSeries line = chart.addSeries(one.integrator().name(), xs.apply(one), y);
      line.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      line.setLineStyle(one.declaredOrder() == 0 ? SeriesLines.DASH_DASH : new BasicStroke(LINE));
    }
  }

  private static double visible(double value) {
    return value > MOST ? Double.NaN : Math.max(value, LEAST);
  }

  private static double[] largestSoFar(double[] values) {
    double[] largest = values.clone();
    for (int i = 1; i < largest.length; i++) {
      largest[i] = Math.max(largest[i - 1], largest[i]);
    }
    return largest;
  }

  /** Thins out the values, starting at the first step: before it the deviation is 0. */
  private static double[] thin(double[] values) {
    int count = values.length - 1;
    int every = (count + POINTS - 1) / POINTS;
    double[] thinned = new double[(count + every - 1) / every];
    for (int i = 0; i < thinned.length; i++) {
      thinned[i] = values[1 + i * every];
    }
    return thinned;
  }
}
