package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.random.PhiloxRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundTruthTest {
  private final GroundTruth truth = new GroundTruth();

  static Stream<PhysicalSystem> systems() {
    return Stream.concat(Systems.all().stream(), Systems.misprinted().stream());
  }

  static Stream<PhysicalSystem> closedForms() {
    return systems().filter(ClosedForm.class::isInstance);
  }

  /** Forward, backward, and starting at another time than 0. */
  @ParameterizedTest
  @MethodSource("closedForms")
  void closedFormsAreWhatTheSolverFinds(PhysicalSystem system) {
    for (int stream = 0; stream < 20; stream++) {
      double[] initial = system.initialState(new PhiloxRandom(41, stream));
      for (double dt : new double[] {0.125, -0.0625, 0.2}) {
        for (double t0 : new double[] {0, 1.75}) {
          PhasePath exact = truth.of(system, t0, initial, 40, dt);
          PhasePath solved = new OdeSolver().solve(system, t0, initial, 40, dt);
          for (int k = 0; k < 40; k++) {
            assertArrayEquals(solved.state(k), exact.state(k), 2e-9);
          }
        }
      }
    }
  }

  /** Springs and pendulum have a closed form; the others must not claim one. */
  @ParameterizedTest
  @MethodSource("systems")
  void springsAndThePendulumAreExact(PhysicalSystem system) {
    boolean exact = system.name().contains("spring") || system.name().startsWith("pendulum");
    assertEquals(exact, system instanceof ClosedForm);
  }

  /**
   * Small and large swings, several whole turns per frame in either direction, and starts at and
   * near both equilibria, also a turn away from them.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1e-6",
    "1e-9, 0",
    "1.5, 0.3",
    "-2, -1",
    "3.1, 0",
    "0, 1.7",
    "0, 1.75",
    "0, -3",
    "7, 0.2",
    "-9.5, 0.1",
    "12, 20",
    "3, -40",
    "0, 1.7320508075688772",
  })
  void thePendulumIsWhatTheSolverFinds(double q, double p) {
    PhysicalSystem pendulum = new Pendulum();
    double[] initial = {q, p};
    for (double dt : new double[] {0.125, -0.125, 0.01, 0.7}) {
      PhasePath exact = truth.of(pendulum, 0, initial, 40, dt);
      PhasePath solved = new OdeSolver(1e-13).solve(pendulum, 0, initial, 40, dt);
      double energy = pendulum.hamiltonian(0, initial);
      for (int k = 0; k < 40; k++) {
        assertEquals(energy, pendulum.hamiltonian(0, exact.state(k)), 1e-13 * (1 + 400 * energy));
        if (Math.abs(k * dt) < 6) { // the flow near the upper equilibrium expands by e^(1.7 t)
          assertArrayEquals(solved.state(k), exact.state(k), 1e-8, q + ", " + p + " at " + k * dt);
        }
      }
    }
  }

  /** At k = 0 they are the circular functions, at k = 1 the hyperbolic ones. */
  @ParameterizedTest
  @ValueSource(doubles = {-2.5, 0, 0.3, 1, 4})
  void ellipticFunctionsLieBetweenCircularAndHyperbolicOnes(double u) {
    EllipticFunctions circular = EllipticFunctions.of(u, 0, 1);
    assertEquals(Math.sin(u), circular.sn(), 1e-15);
    assertEquals(Math.cos(u), circular.cn(), 1e-15);
    assertEquals(1, circular.dn(), 0);
    assertEquals(Math.PI / 2, circular.quarter(), 1e-15);
    EllipticFunctions hyperbolic = EllipticFunctions.of(u, 1, 0);
    assertEquals(Math.tanh(u), hyperbolic.sn(), 1e-14);
    assertEquals(1 / Math.cosh(u), hyperbolic.cn(), 1e-14);
    assertEquals(1 / Math.cosh(u), hyperbolic.dn(), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("systems")
  void argumentsAreCheckedEitherWay(PhysicalSystem system) {
    double[] s = new double[2 * system.degreesOfFreedom() + 1];
    assertThrows(IllegalArgumentException.class, () -> truth.of(system, 0, s, 2, 0.1));
  }
}
