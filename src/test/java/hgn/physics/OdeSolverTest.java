package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import hgn.testing.FreeDiscs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OdeSolverTest {
  private static final double DT = 0.125;
  private final OdeSolver solver = new OdeSolver();

  @ParameterizedTest
  @ValueSource(doubles = {0.125, 0.0625, 0.25, -0.125, 0.01, 2})
  void springFollowsItsClosedForm(double dt) {
    double q0 = 0.6;
    double p0 = -0.7;
    PhasePath path = solver.solve(new MassSpring(), 0, new double[] {q0, p0}, 64, dt);
    assertEquals(64, path.frames());
    for (int k = 0; k < path.frames(); k++) {
      double phase = 2 * k * dt;
      assertEquals(
          q0 * Math.cos(phase) + p0 * Math.sin(phase), path.q(k, 0), 1e-8, "q at frame " + k);
      assertEquals(
          p0 * Math.cos(phase) - q0 * Math.sin(phase), path.p(k, 0), 1e-8, "p at frame " + k);
    }
  }

  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#all")
  void halfTheStepPassesThroughTheSameStates(PhysicalSystem system) {
    double[] initial = system.initialState(new PhiloxRandom(5, 6));
    PhasePath slow = solver.solve(system, 0, initial, 67, DT / 2);
    PhasePath normal = solver.solve(system, 0, initial, 34, DT);
    for (int k = 0; k < 34; k++) {
      assertArrayEquals(normal.state(k), slow.state(2 * k), 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#all")
  void negativeStepRetracesThePath(PhysicalSystem system) {
    double[] initial = system.initialState(new PhiloxRandom(7, 8));
    PhasePath there = solver.solve(system, 0, initial, 34, DT);
    PhasePath back = solver.solve(system, 33 * DT, there.state(33), 34, -DT);
    for (int k = 0; k < 34; k++) {
      assertArrayEquals(there.state(33 - k), back.state(k), 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#all")
  void energyIsConservedOrDecaysAsItMust(PhysicalSystem system) {
    assertInvariant(system, 64, 1e-8);
  }

  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#misprinted")
  void printedHamiltoniansCanBeIntegrated(PhysicalSystem system) {
    assertInvariant(system, 34, 1e-7);
  }

  private void assertInvariant(PhysicalSystem system, int frames, double tolerance) {
    for (int stream = 0; stream < 50; stream++) {
      double[] initial = system.initialState(new PhiloxRandom(9, stream));
      PhasePath path = solver.solve(system, 0, initial, frames, DT);
      double before = invariant(system, 0, initial);
      for (int k = 0; k < frames; k++) {
        assertEquals(before, invariant(system, k * DT, path.state(k)), tolerance);
      }
    }
  }

  /**
   * H where it does not depend on time; H + gamma q p / 2 of the damped spring, which makes
   * e^(gamma t) (p'^2 / (2m) + k q^2 / 2 + gamma q p' / 2) for the kinetic p' constant; and H
   * e^(-gamma t) of the damped spring as printed.
   */
  private static double invariant(PhysicalSystem system, double t, double[] s) {
    double energy = system.hamiltonian(t, s);
    return switch (system.name()) {
      case "damped-spring" -> energy + 0.3 * s[0] * s[1] / 2;
      case "damped-spring-as-printed" -> energy * Math.exp(-0.3 * t);
      default -> energy;
    };
  }

  /** dq/dt = p cos t: a system of several degrees of freedom whose equations depend on time. */
  @Test
  void timeReachesTheEquations() {
    PhysicalSystem driven =
        new FreeDiscs(1, new int[2], 1, 1) {
          @Override
          public void derivatives(double t, double[] s, double[] dsdt) {
            super.derivatives(t, s, dsdt);
            for (int i = 0; i < 4; i++) {
              dsdt[i] *= Math.cos(t);
            }
          }
        };
    PhasePath path = solver.solve(driven, 0, new double[] {1, 2, 3, 4, .1, .2, .3, .4}, 34, DT);
    for (int k = 0; k < 34; k++) {
      for (int i = 0; i < 4; i++) {
        assertEquals((i + 1) * (1 + 0.1 * Math.sin(k * DT)), path.q(k, i), 1e-9);
        assertEquals((i + 1) * 0.1, path.p(k, i), 1e-12);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hgn.physics.Systems#all")
  void aMotionMayBeEnteredAtAnyTime(PhysicalSystem system) {
    double[] initial = system.initialState(new PhiloxRandom(3, 4));
    PhasePath whole = solver.solve(system, 0, initial, 34, DT);
    PhasePath part = solver.solve(system, 10 * DT, whole.state(10), 24, DT);
    for (int k = 0; k < 24; k++) {
      assertArrayEquals(whole.state(10 + k), part.state(k), 1e-8);
    }
  }

  @Test
  void oneFrameIsTheInitialState() {
    double[] initial = {0.25, -0.5};
    PhasePath path = solver.solve(new Pendulum(), 0, initial, 1, DT);
    assertEquals(1, path.frames());
    assertArrayEquals(initial, path.state(0));
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    var spring = new MassSpring();
    double[] s = {1, 0};
    assertMessage(
        "initial state has 3 entries", () -> solver.solve(spring, 0, new double[3], 2, DT));
    assertMessage("not finite", () -> solver.solve(spring, 0, new double[] {Double.NaN, 0}, 2, DT));
    assertMessage("t0 is NaN", () -> solver.solve(spring, Double.NaN, s, 2, DT));
    assertMessage("frames is 0", () -> solver.solve(spring, 0, s, 0, DT));
    assertMessage("dt is 0.0", () -> solver.solve(spring, 0, s, 2, 0));
    assertMessage("tolerance is 0.001", () -> new OdeSolver(1e-3));
  }

  @Test
  void motionThatLeavesTheFiniteNumbersIsReported() {
    PhysicalSystem blowUp =
        new FreeDiscs(1, new int[1], 1) {
          @Override
          public void derivatives(double t, double[] s, double[] dsdt) {
            super.derivatives(t, s, dsdt);
            dsdt[0] = s[0] * s[0];
          }
        };
    var e =
        assertThrows(
            MotionException.class,
            () -> solver.solve(blowUp, 0, new double[] {1, 0, 0, 0}, 34, DT));
    assertTrue(e.getMessage().contains("free-discs cannot be integrated"), e.getMessage());
  }

  private static void assertMessage(String part, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
