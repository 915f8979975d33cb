package hgn.report;

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
          "[report] curve '%s' has %d values for %d steps"
              .formatted(name, values.length, steps.length));
    }
  }

  /** A curve alone in its panel. */
  public Curve(String name, double[] steps, double[] values) {
    this(name, steps, values, null);
  }
}
