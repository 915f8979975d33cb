package hgn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A metric as a function of the step.
 *
 * @param name title of its panel
 * @param steps ascending steps
 * @param values one value per step
 * @param beside second curve in the same panel, or null
 */
public record Curve(String name, double[] steps, double[] values, Curve beside) {
  /** Checks that each value has a step. */
  public Curve {
    if (steps.length != values.length || steps.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[report] curve '%s' has %d values for %d steps",
              name,
              values.length,
              steps.length));
    }
  }

  /** A curve alone in its panel. */
  public Curve(String name, double[] steps, double[] values) {
    this(name, steps, values, null);
  }

  /** Returns the numbers of its panel. */
  public ChartData data() {
    List<ChartData.Line> lines = new ArrayList<>();
    lines.add(new ChartData.Line(name, steps, values));
    if (beside != null) {
      lines.add(new ChartData.Line(beside.name, beside.steps, beside.values));
    }
    return ChartData.of(name, "step", "", lines);
  }
}
