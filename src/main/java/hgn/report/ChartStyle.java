package hgn.report;

import hgn.images.Lettering;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** The common style of all charts. */
final class ChartStyle {
  /** Distinguishable colours of lines. */
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

  /** Minimum ratio for a logarithmic scale, which has whole decades. */
  private static final double SPAN = 3;

  /** Minimum linear range: tick labels have six decimals. */
  private static final double PLAIN = 1e-5;

  private ChartStyle() {}

  /**
   * Sets fonts, colours and grid, where text can be drawn at all. The legend is off, and inside the
   * plot if switched on.
   */
  static void apply(XYChart chart) {
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleBoxVisible(false)
        .setChartTitleFont(Lettering.required(18))
        .setLegendVisible(false)
        .setLegendPosition(Styler.LegendPosition.InsideNE)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(Lettering.required(13))
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart
        .getStyler()
        .setAxisTitleFont(Lettering.required(14))
        .setAxisTickLabelsFont(Lettering.required(13))
        .setLocale(Locale.ROOT)
        .setPlotGridLinesColor(new Color(0xe4, 0xe4, 0xe4))
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setXAxisTickMarkSpacingHint(110);
  }

  /** An empty chart for several lines, with colours and a legend beside it. */
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
   * Shifts the second step invisibly. XChart places crowded, odd tick marks at the data's steps if
   * these are equally spaced, and at round numbers otherwise (XChart issue 731).
   */
  static double[] uneven(double[] steps) {
    if (steps.length > 2) {
      steps[1] += 0.01 * (steps[2] - steps[1]);
    }
    return steps;
  }

  /**
   * Chooses a logarithmic scale of whole decades with at least two labels, or a linear one with
   * margins for a constant.
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
