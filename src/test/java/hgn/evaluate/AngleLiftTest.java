package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AngleLiftTest {
  @Test
  void anglesBecomePointsWithTheirMomentaAndTheRestStays() {
    double[] lifted = new AngleLift(1).of(new double[] {Math.PI / 2, 5, 3, 7});
    assertArrayEquals(new double[] {0, 1, 5, -3, 0, 7}, lifted, 1e-15);
    double[] state = {1, 2, 3, 4};
    assertArrayEquals(state, new AngleLift(0).of(state));
  }

  /** dx dp_x + dy dp_y, antisymmetrised, is dtheta dp for any two tangents. */
  @Test
  void theLiftIsCanonical() {
    double[] at = {0.7, -1.3};
    double[][] tangents = {{1, 0.4}, {-0.2, 2}};
    double h = 1e-6;
    double[][] lifted = new double[2][4];
    AngleLift lift = new AngleLift(1);
    for (int k = 0; k < 2; k++) {
      double[] ahead = lift.of(moved(at, tangents[k], h));
      double[] behind = lift.of(moved(at, tangents[k], -h));
      for (int i = 0; i < 4; i++) {
        lifted[k][i] = (ahead[i] - behind[i]) / (2 * h);
      }
    }
    assertEquals(form(tangents, 1), form(lifted, 2), 1e-8);
  }

  private static double[] moved(double[] at, double[] by, double h) {
    return new double[] {at[0] + h * by[0], at[1] + h * by[1]};
  }

  private static double form(double[][] v, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += v[0][i] * v[1][n + i] - v[0][n + i] * v[1][i];
    }
    return sum;
  }
}
