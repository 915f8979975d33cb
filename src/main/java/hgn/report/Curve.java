package hgn.report;

/**
 * A metric against the step.
 *
 * @param name title of its panel
 * @param steps ascending
 * @param values one for each step
 */
public record Curve(String name, double[] steps, double[] values) {
  /** Checks that each value has a step. */
  public Curve {
    if (steps.length != values.length || steps.length == 0) {
      throw new IllegalArgumentException(
          "[report] curve '%s' has %d values for %d steps"
              .formatted(name, values.length, steps.length));
    }
  }
}
