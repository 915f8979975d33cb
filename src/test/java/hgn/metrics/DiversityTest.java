package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiversityTest {
  private static final float[][] DATA = {{0, 0}, {1, 1}, {2, 2}, {3, 3}};

  @Test
  void isOneForSamplesThatVaryAsTheDataDo() {
    float[][] samples = {{0, 0}, {1, 1}, {2, 2}, {3, 3}};
    assertEquals(1, Diversity.of(samples, DATA).spread(), 1e-12);
    assertEquals(0, Diversity.of(samples, DATA).strangeness(), 1e-12);
  }

  @Test
  void fallsToZeroWhereOneFilmIsMadeUpAgainAndAgain() {
    float[][] samples = {{1, 1}, {1, 1}, {1, 1}};
    assertEquals(0, Diversity.of(samples, DATA).spread());
  }

  @Test
  void tellsSamplesThatAreLikeNoFilm() {
    float[][] samples = {{10, 0}, {0, 10}};
    assertTrue(Diversity.of(samples, DATA).strangeness() > 20);
  }

  @Test
  void needsTwoOfEach() {
    assertThrows(IllegalArgumentException.class, () -> Diversity.of(new float[1][2], DATA));
  }
}
