package hgn.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;

/** How all charts look. */
final class ChartStyle {
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
}
