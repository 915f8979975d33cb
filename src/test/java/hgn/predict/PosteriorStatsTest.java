package hgn.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PosteriorStatsTest {
  private static final PosteriorStats STATS =
      new PosteriorStats(new double[][] {{0, 0}, {2, 0}}, new double[][] {{1, 1}, {1, 0.25}});

  @Test
  void whatIsThePriorDoesNotDivergeFromIt() {
    assertEquals(0, STATS.divergence(0), 1e-12);
  }

  @Test
  void divergenceIsThatOfGaussians() {
    double shifted = 2.0 * 2.0 / 2;
    double narrowed = (0.25 - 1 - Math.log(0.25)) / 2;
    assertEquals(shifted + narrowed, STATS.divergence(1), 1e-12);
  }

  @Test
  void aNarrowNumberIsInUse() {
    assertEquals(0, STATS.active(0, 0.5));
    assertEquals(1, STATS.active(1, 0.5));
  }
}
