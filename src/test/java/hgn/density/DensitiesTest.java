package hgn.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DensitiesTest {
  private static final int POINTS = 20_000;

  static List<Density> all() {
    return Densities.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theMassIsOneWithinReach(Density density) {
    int cells = 200;
    double side = 2 * density.reach() / cells;
    double mass = 0;
    for (int i = 0; i < cells * cells; i++) {
      double x = (i % cells + 0.5) * side - density.reach();
      double y = (i / cells + 0.5) * side - density.reach();
      mass += Math.exp(density.logDensity(x, y)) * side * side;
    }
    assertEquals(1, mass, 1e-3);
  }

  /** A density that differs from the sampler's would score the points lower, by the divergence. */
  @ParameterizedTest
  @MethodSource("all")
  void pointsAreDrawnFromIt(Density density) {
    double[] points = density.points(new PhiloxRandom(3, 0), POINTS);
    double sum = 0;
    for (int i = 0; i < points.length; i += 2) {
      sum -= density.logDensity(points[i], points[i + 1]);
    }
    assertEquals(density.entropy(200), sum / POINTS, 0.02);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aCellHoldsItsShareOfThePoints(Density density) {
    double[] points = density.points(new PhiloxRandom(4, 0), POINTS);
    int cells = 6;
    double side = 2 * density.reach() / cells;
    double[] found = new double[cells * cells];
    for (int i = 0; i < points.length; i += 2) {
      int column = (int) Math.floor((points[i] + density.reach()) / side);
      int row = (int) Math.floor((points[i + 1] + density.reach()) / side);
      if (column >= 0 && column < cells && row >= 0 && row < cells) {
        found[row * cells + column] += 1.0 / POINTS;
      }
    }
    int fine = 40; // squares per side of a cell
    for (int cell = 0; cell < found.length; cell++) {
      double mass = 0;
      for (int k = 0; k < fine * fine; k++) {
        double x = (cell % cells + (k % fine + 0.5) / fine) * side - density.reach();
        double y = (cell / cells + (k / fine + 0.5) / fine) * side - density.reach();
        mass += Math.exp(density.logDensity(x, y)) * side * side / fine / fine;
      }
      double spread = Math.sqrt(mass / POINTS); // of a count's share
      assertEquals(mass, found[cell], 5 * spread + 2e-4, density.name() + " cell " + cell);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSeedGivesTheSamePointsAgain(Density density) {
    assertArrayEquals(
        density.points(new PhiloxRandom(5, 2), 10), density.points(new PhiloxRandom(5, 2), 10));
  }

  /** One Gaussian alone: 1 + ln 2 pi + 2 ln s. */
  @Test
  void theEntropyOfAGaussianIsKnown() {
    double s = 0.7;
    double expected = 1 + Math.log(2 * Math.PI) + 2 * Math.log(s);
    assertEquals(expected, new GaussianMixture(1, 0, s).entropy(200), 2e-3);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Densities.byName("rigns")).getMessage();
    assertTrue(message.contains("'rigns'") && message.contains("nearest is 'rings'"), message);
    assertTrue(message.contains("mixture, rings, moons"), message);
  }
}
