package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.random.PhiloxRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroundTruthTest {
  private final GroundTruth truth = new GroundTruth();

  static Stream<PhysicalSystem> systems() {
    return Stream.concat(Systems.all().stream(), Systems.misprinted().stream());
  }

  static Stream<PhysicalSystem> closedForms() {
    return systems().filter(ClosedForm.class::isInstance);
  }

  /** Forward, backward, and entered at another time than 0. */
  @ParameterizedTest
  @MethodSource("closedForms")
  void closedFormsAreWhatTheSolverFinds(PhysicalSystem system) {
    for (int stream = 0; stream < 20; stream++) {
      double[] initial = system.initialState(new PhiloxRandom(41, stream));
      for (double dt : new double[] {0.125, -0.0625, 0.2}) {
        for (double t0 : new double[] {0, 1.75}) {
          Trajectory exact = truth.of(system, t0, initial, 40, dt);
          Trajectory solved = new OdeSolver().solve(system, t0, initial, 40, dt);
          for (int k = 0; k < 40; k++) {
            assertArrayEquals(solved.state(k), exact.state(k), 2e-9);
          }
        }
      }
    }
  }

  /** The springs have a closed form; the others must not claim one. */
  @ParameterizedTest
  @MethodSource("systems")
  void springsAreExact(PhysicalSystem system) {
    assertEquals(system.name().contains("spring"), system instanceof ClosedForm);
  }

  @ParameterizedTest
  @MethodSource("systems")
  void argumentsAreCheckedEitherWay(PhysicalSystem system) {
    double[] s = new double[2 * system.degreesOfFreedom() + 1];
    assertThrows(IllegalArgumentException.class, () -> truth.of(system, 0, s, 2, 0.1));
  }
}
