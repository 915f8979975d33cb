package hgn.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** How all charts look. */
final class ChartStyle {
  /** So many can be told apart. */
  private static final Color[] COLOURS = {
    new Color(0x1f, 0x5f, 0xa8),
    new Color(0xd9, 0x6b, 0x0b),
    new Color(0x2c, 0x8a, 0x3d),
    new Color(0xb8, 0x26, 0x2b),
    new Color(0x7b, 0x52, 0xa8),
    new Color(0x7a, 0x4f, 0x43),
    new Color(0xcf, 0x5f, 0xa9),
    new Color(0x66, 0x66, 0x66),
    new Color(0x8f, 0x91, 0x1c),
    new Color(0x12, 0x9a, 0xab)
  };

  /** A smaller range would be squeezed by whole decades. */
  private static final double SPAN = 3;

  /** Marks of a smaller linear range need more than the six decimals of the pattern. */
  private static final double PLAIN = 1e-5;

  private ChartStyle() {}

  /** Sets fonts, colours and grid; the legend is off, and inside where it is switched on. */
  static void apply(XYChart chart) {
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18))
        .setLegendVisible(false)
        .setLegendPosition(Styler.LegendPosition.InsideNE)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart
        .getStyler()
        .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
        .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
        .setPlotGridLinesColor(new Color(0xe4, 0xe4, 0xe4))
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setXAxisTickMarkSpacingHint(110);
  }

  /** An empty chart for several lines, told apart by colour and a legend beside it. */
  static XYChart forLines(String title, String x, String y, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    apply(chart);
    chart.getStyler().setSeriesColors(COLOURS);
    chart.getStyler().setLegendVisible(true).setLegendPosition(Styler.LegendPosition.OutsideE);
    return chart;
  }

  /**
   * Moves the second step invisibly. XChart puts marks on the data's own steps where these are
   * equally spaced, crowded and at odd numbers, and at round numbers only where they are not
   * (XChart issue 731).
   */
  static double[] uneven(double[] steps) {
    if (steps.length > 2) {
      steps[1] += 0.01 * (steps[2] - steps[1]);
    }
    return steps;
  }

  /**
   * Chooses the scale: whole decades, so that at least two are labelled, or linear with room for a
   * constant.
   */
  static void scale(XYChart chart, double[] finite) {
    double least = Arrays.stream(finite).min().orElseThrow();
    double most = Arrays.stream(finite).max().orElseThrow();
    if (least > 0 && most >= SPAN * least) {
      double low = Math.floor(Math.log10(least));
      double high = Math.max(low + 1, Math.ceil(Math.log10(most)));
      chart.getStyler().setYAxisLogarithmic(true);
      chart.getStyler().setYAxisMin(Math.pow(10, low)).setYAxisMax(Math.pow(10, high));
      return;
    }
    if (most - least >= PLAIN) {
      chart
          .getStyler()
          .setYAxisDecimalPattern("0.######"); // XChart leaves out a 0 before the point
    }
    if (least == most) {
      chart.getStyler().setYAxisMin(least - 1).setYAxisMax(most + 1);
    }
  }
}
