package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemsTest {
  @Test
  void everySystemIsFoundByItsName() {
    for (PhysicalSystem system : Systems.all()) {
      assertSame(system, Systems.byName(system.name()));
    }
    for (PhysicalSystem system : Systems.misprinted()) {
      assertSame(system, Systems.byName(system.name()));
      assertSame(system, system.asPrinted());
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

  /** Energies computed by hand, from the constants of the paper's text. */
  @Test
  void hamiltoniansHaveTheRightConstants() {
    assertEquals(1 + 4, new MassSpring().hamiltonian(new double[] {2}, new double[] {1}), 1e-15);
    assertEquals(
        1 + 1.5, new Pendulum().hamiltonian(new double[] {Math.PI / 2}, new double[] {1}), 1e-15);
    double[] right = {Math.PI / 2, 0};
    assertEquals(
        (1 + 2 * 4) / 4.0 + 3 * (3 - 1),
        new DoublePendulum().hamiltonian(right, new double[] {1, 2}),
        1e-14);
    assertEquals(
        (1 + 4 + 9 + 16) / 2.0 - 1 / 5.0,
        Bodies.two().hamiltonian(new double[] {0, 1, 3, 5}, new double[] {1, 2, 3, 4}),
        1e-14);
    assertEquals(
        -1 - 1 - 1 / 2.0,
        Bodies.three().hamiltonian(new double[] {0, 0, 1, 0, 2, 0}, new double[6]),
        1e-14);
    assertEquals(
        Math.exp(-0.6) + 4 * Math.exp(0.6),
        new DampedSpring().hamiltonian(2, new double[] {2, 1}),
        1e-14);
  }

  /** The printed Hamiltonians, from the paper's text, at the same states. */
  @Test
  void printedHamiltoniansHaveTheirMisprints() {
    assertSame(Systems.byName("mass-spring"), Systems.byName("mass-spring", true));
    assertEquals(
        1 + 3,
        Systems.byName("pendulum", true).hamiltonian(new double[] {Math.PI / 2}, new double[] {1}),
        1e-15);
    assertEquals(
        (1 + 4 + 9 + 16) / 2.0 - 2 / 5.0,
        Systems.byName("two-body", true)
            .hamiltonian(new double[] {0, 1, 3, 5}, new double[] {1, 2, 3, 4}),
        1e-14);
    assertEquals(
        -5,
        Systems.byName("three-body", true)
            .hamiltonian(new double[] {0, 0, 1, 0, 2, 0}, new double[6]),
        1e-14);
    assertEquals(
        Math.exp(0.6) * 5,
        Systems.byName("damped-spring", true).hamiltonian(2, new double[] {2, 1}),
        1e-14);
    var e =
        assertThrows(IllegalArgumentException.class, () -> Systems.byName("double-pendulum", true));
    assertTrue(e.getMessage().contains("cannot be integrated as printed"), e.getMessage());
  }

  /**
   * The released films' orbits: each momentum within 10% of the circular one, in either direction.
   */
  @Test
  void bodiesStartNearACircularOrbit() {
    for (PhysicalSystem system : List.of(Bodies.two(), Bodies.three())) {
      int bodies = system.bodies();
      int left = 0;
      for (int stream = 0; stream < 1000; stream++) {
        double[] s = system.initialState(new PhiloxRandom(29, stream));
        double r = Math.hypot(s[0], s[1]);
        assertTrue(r >= system.minRadius() - 1e-12 && r <= system.maxRadius() + 1e-12);
        double speed =
            bodies == 2
                ? r / (2 * Math.pow(r, 1.5))
                : Math.sqrt(Math.sin(Math.PI / 3) / (2 * Math.pow(Math.cos(Math.PI / 6), 2)))
                    / Math.pow(r, 1.5)
                    * r;
        double turn = Math.signum(s[0] * s[2 * bodies + 1] - s[1] * s[2 * bodies]);
        left += turn > 0 ? 1 : 0;
        for (int b = 0; b < 2 * bodies; b += 2) {
          double[] circular = {-turn * speed * s[b + 1] / r, turn * speed * s[b] / r};
          for (int axis = 0; axis < 2; axis++) {
            double ratio = s[2 * bodies + b + axis] / circular[axis];
            assertTrue(ratio > 0.9 - 1e-9 && ratio < 1.1 + 1e-9, "ratio " + ratio);
          }
          assertEquals(r, Math.hypot(s[b], s[b + 1]), 1e-12);
          int next = (b + 2) % (2 * bodies);
          double side = Math.hypot(s[b] - s[next], s[b + 1] - s[next + 1]);
          assertEquals(2 * r * Math.sin(Math.PI / bodies), side, 1e-12);
        }
      }
      assertEquals(500, left, 60);
    }
  }

  @Test
  void theDoublePendulumStartsOnTwoCircles() {
    PhysicalSystem system = new DoublePendulum();
    for (int stream = 0; stream < 1000; stream++) {
      double[] s = system.initialState(new PhiloxRandom(31, stream));
      double r = Math.hypot(s[0], s[1]);
      assertTrue(r >= 0.5 - 1e-12 && r <= 1.3 + 1e-12);
      assertEquals(r, Math.hypot(s[2], s[3]), 1e-12);
    }
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
    for (String name : List.of("mass-spring", "pendulum", "damped-spring")) {
      PhysicalSystem system = Systems.byName(name);
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
