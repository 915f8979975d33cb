package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
    assertEquals(0, Diversity.of(samples, DATA).spread(), 1e-12);
  }

  @Test
  void tellsSamplesThatAreLikeNoFilm() {
    float[][] samples = {{10, 0}, {0, 10}};
    assertTrue(Diversity.of(samples, DATA).strangeness() > 20);
  }

  @Property(tries = 50)
  void spreadAndStrangenessAreThoseOfAllPairs(
      @ForAll @IntRange(min = 2, max = 6) int samples,
      @ForAll @IntRange(min = 3, max = 6) int data,
      @ForAll long seed) {
    float[][] made = films(samples, seed);
    float[][] seen = films(data, seed + 1);
    Diversity found = Diversity.of(made, seen);
    assertEquals(meanOfPairs(made) / meanOfPairs(seen), found.spread(), 1e-5 * found.spread());
    double strangeness = meanOfNearest(made, seen) / meanOfNearest(seen, seen);
    assertEquals(strangeness, found.strangeness(), 1e-5 * strangeness);
  }

  private static float[][] films(int count, long seed) {
    Random random = new Random(seed);
    float[][] films = new float[count][3000];
    for (float[] film : films) {
      float level = random.nextFloat();
      for (int i = 0; i < film.length; i++) {
        film[i] = level + random.nextFloat();
      }
    }
    return films;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]) / (double) a.length;
    }
    return sum;
  }

  private static double meanOfPairs(float[][] films) {
    double sum = 0;
    for (float[] a : films) {
      for (float[] b : films) {
        sum += distance(a, b);
      }
    }
    return sum / (films.length * (films.length - 1));
  }

  private static double meanOfNearest(float[][] from, float[][] to) {
    return Arrays.stream(from)
        .mapToDouble(
            a ->
                Arrays.stream(to)
                    .filter(b -> b != a)
                    .mapToDouble(b -> distance(a, b))
                    .min()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  @Test
  void needsTwoOfEach() {
    assertThrows(IllegalArgumentException.class, () -> Diversity.of(new float[1][2], DATA));
  }
}
