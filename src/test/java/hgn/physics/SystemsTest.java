package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemsTest {
  @Test
  void everySystemIsFoundByItsName() {
    for (PhysicalSystem system : Systems.all()) {
      assertEquals(system, Systems.byName(system.name()));
    }
  }

  @ParameterizedTest
  @CsvSource({"pendulm, pendulum", "mass_sprng, mass-spring", "Pendulum, pendulum"})
  void unknownNamesAreAnsweredWithTheNearest(String wrong, String nearest) {
    var e = assertThrows(IllegalArgumentException.class, () -> Systems.byName(wrong));
    assertTrue(e.getMessage().contains("system: '" + wrong + "' is unknown"), e.getMessage());
    assertTrue(e.getMessage().contains("did you mean '" + nearest + "'?"), e.getMessage());
    assertTrue(e.getMessage().contains("mass-spring, pendulum"), e.getMessage());
  }

  /** Energies worked out by hand: m = 0.5, k = 2; m = 0.5, l = 1, g = 3. */
  @Test
  void hamiltoniansHaveTheRightConstants() {
    assertEquals(1 + 4, new MassSpring().hamiltonian(new double[] {2}, new double[] {1}), 1e-15);
    assertEquals(
        1 + 1.5, new Pendulum().hamiltonian(new double[] {Math.PI / 2}, new double[] {1}), 1e-15);
  }

  @Test
  void bodiesStandWhereTheSystemSays() {
    double[] xy = new double[2];
    new MassSpring().centres(new double[] {0.5}, xy);
    assertArrayEquals(new double[] {0, 0.5}, xy, 1e-15);
    new Pendulum().centres(new double[] {Math.PI / 2}, xy);
    assertArrayEquals(new double[] {1, 0}, xy, 1e-15);
    new Pendulum().centres(new double[] {0}, xy);
    assertArrayEquals(new double[] {0, 1}, xy, 1e-15);
  }

  /** The radius is uniform on its range and the angle uniform on the circle. */
  @Test
  void initialStatesAreUniformOnTheirCircles() {
    for (PhysicalSystem system : Systems.all()) {
      int n = 20_000;
      double radius = 0;
      double cosine = 0;
      double cosineOfTwice = 0;
      for (int i = 0; i < n; i++) {
        double[] s = system.initialState(new PhiloxRandom(19, i));
        double r = Math.hypot(s[0], s[1]);
        assertTrue(r >= system.minRadius() - 1e-12 && r <= system.maxRadius() + 1e-12);
        radius += r / n;
        cosine += s[0] / r / n;
        cosineOfTwice += (s[0] * s[0] - s[1] * s[1]) / (r * r) / n;
      }
      assertEquals((system.minRadius() + system.maxRadius()) / 2, radius, 0.01);
      assertEquals(0, cosine, 0.03);
      assertEquals(0, cosineOfTwice, 0.03);
    }
  }
}
