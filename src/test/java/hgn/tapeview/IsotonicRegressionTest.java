package hgn.tapeview;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class IsotonicRegressionTest {
  private static double[] row(double... values) {
    return values;
  }

  @Test
  void whatAscendsStays() {
    assertArrayEquals(row(1, 2, 2, 5), IsotonicRegression.fit(row(1, 2, 2, 5), row(1, 1, 1, 1)));
  }

  @Test
  void neighboursOutOfOrderMeetAtTheirWeightedMean() {
    assertArrayEquals(row(1, 4, 4, 9), IsotonicRegression.fit(row(1, 5, 3, 9), row(1, 1, 1, 1)));
    assertArrayEquals(row(3.5, 3.5), IsotonicRegression.fit(row(5, 3), row(1, 3)), 1e-15);
  }

  @Test
  void aPoolMayDrawInWhatIsBeforeIt() {
    assertArrayEquals(row(2, 2, 2), IsotonicRegression.fit(row(3, 3, 0), row(1, 1, 1)), 1e-15);
  }
}
