package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LassoTest {
  /** Correlated columns with means of their own. */
  private static double[][] features(int rows, int columns, Random random) {
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      double common = random.nextGaussian();
      for (int j = 0; j < columns; j++) {
        row[j] = common + random.nextGaussian() + j;
      }
    }
    return x;
  }

  /** Two targets: one of the first features, one that depends on none. */
  private static double[][] targets(double[][] x, Random random) {
    double[][] y = new double[x.length][];
    for (int r = 0; r < y.length; r++) {
      double noise = random.nextGaussian();
      y[r] = new double[] {3 + 2 * x[r][0] - x[r][1] + noise, 5 + random.nextGaussian()};
    }
    return y;
  }

  /** A single feature of variance v has the weight S(cov(x, y)) / v. */
  @Test
  void ofOneFeatureIsTheSoftThreshold() {
    double[][] x = {{1}, {2}, {3}, {4}};
    double[][] y = {{10}, {12}, {14}, {16}};
    assertEquals((2.5 - 0.5) / 1.25, Lasso.fit(x, y, 0.5).weights().getEntry(0, 0), 1e-12);
    assertEquals(2, Lasso.fit(x, y, 0).weights().getEntry(0, 0), 1e-12);
    double[][] turned = {{16}, {14}, {12}, {10}};
    assertEquals(-1.6, Lasso.fit(x, turned, 0.5).weights().getEntry(0, 0), 1e-12);
    double[][] shrunk = {{10.6}, {12.2}, {13.8}, {15.4}};
    double[][] values = Lasso.fit(x, y, 0.5).values(x);
    for (int r = 0; r < x.length; r++) {
      assertArrayEquals(shrunk[r], values[r], 1e-12);
    }
  }

  /** As the elastic net of Tribuo 4.3.2 has them at the same tolerance. */
  @Test
  void hasTheWeightsOfAnotherLibrary() {
    Random random = new Random(1);
    double[][] x = features(40, 4, random);
    double[][] y = targets(x, random);
    double[] slight = {
      2.0220085253861693, -0.8042760576716459, -0.24347176268508974, 0.07002012285751569
    };
    assertArrayEquals(slight, Lasso.fit(x, y, 0.01).weights().getRow(0), 1e-11);
    double[] without = {0.18962799735401248, 0, -0.22143150736940687, 0.055894985096080596};
    assertArrayEquals(without, Lasso.fit(x, y, 0.01).weights().getRow(1), 1e-11);
    double[] few = {1.6926119988037205, -0.5723416807471806, 0, 0};
    assertArrayEquals(few, Lasso.fit(x, y, 0.3).weights().getRow(0), 1e-11);
    assertEquals(3.3324255234917213, Lasso.fit(x, y, 0.3).values(x)[0][0], 1e-11);
  }

  @Test
  void isTheMeanWhereThePenaltyIsTooGreatOrAFeatureConstant() {
    double[][] x = {{1, 7}, {2, 7}, {3, 7}, {4, 7}};
    double[][] y = {{10}, {12}, {14}, {16}};
    Lasso none = Lasso.fit(x, y, 2.5);
    assertArrayEquals(new double[] {0, 0}, none.weights().getRow(0));
    assertEquals(13, none.values(x)[0][0], 1e-12);
    assertEquals(0, Lasso.fit(x, y, 0).weights().getEntry(0, 1));
  }
}
