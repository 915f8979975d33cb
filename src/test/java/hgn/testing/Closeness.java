package hgn.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import hgn.tensor.Tensor;
import hgn.testing.backends.Lane;

/** Comparisons with a reference, relative to a scale. */
public final class Closeness {
  private Closeness() {}

  /**
   * Sums of {@code terms} products of numbers in (-1, 1): errors are measured against the largest
   * expected value, or the size that such a sum typically has.
   */
  public static void sums(String what, Lane lane, double[] expected, Tensor actual, long terms) {
    double scale = Math.sqrt(terms) / 3;
    for (double value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    double[] values = actual.toDoubles();
    assertEquals(expected.length, values.length, what);
    for (int i = 0; i < values.length; i++) {
      compare(what, i, expected[i], values[i], lane.tolerance() * scale);
    }
  }

  /** Each element on its own scale, or {@code floor} if that is larger. */
  public static void each(String what, Lane lane, double[] expected, Tensor actual, double floor) {
    double[] values = actual.toDoubles();
    assertEquals(expected.length, values.length, what);
    for (int i = 0; i < values.length; i++) {
      double scale = Math.max(floor, Math.abs(expected[i]));
      compare(what, i, expected[i], values[i], lane.tolerance() * scale);
    }
  }

  /** Equal to the last bit, once rounded to the dtype. */
  public static void exact(String what, Lane lane, double[] expected, Tensor actual) {
    double[] values = actual.toDoubles();
    double[] rounded = lane.rounded(expected);
    assertEquals(rounded.length, values.length, what);
    for (int i = 0; i < values.length; i++) {
      compare(what, i, rounded[i], values[i], 0);
    }
  }

  private static void compare(String what, int index, double expected, double actual, double by) {
    boolean close =
        Double.isFinite(expected)
            ? Math.abs(expected - actual) <= by
            : Double.compare(expected, actual) == 0;
    if (!close) {
      fail(what + ": element " + index + " is " + actual + ", expected " + expected + " +- " + by);
    }
  }
}
