package hgn.evaluate;

import hgn.tensor.AdamRule;

/**
 * Minimises many independent functions at once by Adam, with a step size that falls to 0 along a
 * cosine. Finds local minima.
 */
final class Descent {
  private static final double FIRST_MOMENT = 0.9;
  private static final double SECOND_MOMENT = 0.99;
  private static final double EPSILON = 1e-12;
  private static final AdamRule RULE = new AdamRule(FIRST_MOMENT, SECOND_MOMENT, EPSILON, 0);

  private final int steps;
  private final double rate;

  /** Creates a descent of {@code steps} steps, of which the first are about {@code rate} long. */
  Descent(int steps, double rate) {
    this.steps = steps;
    this.rate = rate;
  }

  /** Functions of a row of numbers each. */
  @FunctionalInterface
  interface Functions {
    /**
     * Returns the value of each function.
     *
     * @param x all rows, one after the other
     * @param gradient receives the gradient of each function with respect to its row
     */
    double[] at(double[] x, double[] gradient);
  }

  /** The lowest values found, and the rows where they were found. */
  record Minima(double[] x, double[] values) {}

  /** Descends from {@code start}; no function ends higher than there. */
  Minima from(double[] start, Functions functions) {
    double[] x = start.clone();
    double[] gradient = new double[x.length];
    double[] first = new double[x.length];
    double[] second = new double[x.length];
    double[] best = start.clone();
    double[] lowest = null;
    for (int t = 0; t <= steps; t++) {
      double[] values = functions.at(x, gradient);
      if (lowest == null) {
        lowest = values.clone();
      }
      keepLower(values, x, lowest, best);
      double length = rate * (1 + Math.cos(Math.PI * t / steps)) / 2;
      double[] scales = RULE.schedule(length, t + 1);
      for (int i = 0; i < x.length; i++) {
        first[i] += (1 - FIRST_MOMENT) * (gradient[i] - first[i]);
        second[i] += (1 - SECOND_MOMENT) * (gradient[i] * gradient[i] - second[i]);
        x[i] -= scales[0] * first[i] / (Math.sqrt(second[i]) / scales[1] + EPSILON);
      }
    }
    return new Minima(best, lowest);
  }

  private static void keepLower(double[] values, double[] x, double[] lowest, double[] best) {
    int width = x.length / values.length;
    for (int n = 0; n < values.length; n++) {
      if (values[n] < lowest[n]) {
        lowest[n] = values[n];
        System.arraycopy(x, n * width, best, n * width, width);
      }
    }
  }
}
