package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DescentTest {
  /** f_n(x, y) = (n + 1) (x - n)^2 + 10 (y + n)^2 + n. */
  private static double[] bowls(double[] x, double[] gradient) {
    double[] values = new double[x.length / 2];
    for (int n = 0; n < values.length; n++) {
      double a = x[2 * n] - n;
      double b = x[2 * n + 1] + n;
      values[n] = (n + 1) * a * a + 10 * b * b + n;
      gradient[2 * n] = 2 * (n + 1) * a;
      gradient[2 * n + 1] = 20 * b;
    }
    return values;
  }

  @Test
  void eachFunctionComesToItsOwnMinimum() {
    double[] start = {0.3, -0.4, 1.5, -0.7, 2, -2.2};
    Descent.Minima found = new Descent(300, 0.05).from(start, DescentTest::bowls);
    assertArrayEquals(new double[] {0, 0, 1, -1, 2, -2}, found.x(), 1e-3);
    assertArrayEquals(new double[] {0, 1, 2}, found.values(), 1e-5);
    assertArrayEquals(new double[] {0.3, -0.4, 1.5, -0.7, 2, -2.2}, start, "left as it was");
  }

  @Test
  void noFunctionEndsAboveItsStart() {
    double[] start = {1e-9, 0, 1, -1 + 1e-9, 2, -2};
    Descent.Minima found = new Descent(3, 100).from(start, DescentTest::bowls);
    assertArrayEquals(start, found.x());
    assertEquals(bowls(start, new double[6])[1], found.values()[1]);
  }
}
