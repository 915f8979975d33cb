package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdeSolverTest {
  private static final double DT = 0.125;
  private final OdeSolver solver = new OdeSolver();

  @ParameterizedTest
  @ValueSource(doubles = {0.125, 0.0625, 0.25, -0.125, 0.01, 2})
  void springFollowsItsClosedForm(double dt) {
    double q0 = 0.6;
    double p0 = -0.7;
    Trajectory path = solver.solve(new MassSpring(), new double[] {q0, p0}, 64, dt);
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
  @ValueSource(strings = {"mass-spring", "pendulum"})
  void halfTheStepPassesThroughTheSameStates(String name) {
    PhysicalSystem system = Systems.byName(name);
    double[] initial = system.initialState(new PhiloxRandom(5, 6));
    Trajectory slow = solver.solve(system, initial, 67, DT / 2);
    Trajectory normal = solver.solve(system, initial, 34, DT);
    for (int k = 0; k < 34; k++) {
      assertArrayEquals(normal.state(k), slow.state(2 * k), 1e-8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum"})
  void negativeStepRetracesThePath(String name) {
    PhysicalSystem system = Systems.byName(name);
    double[] initial = system.initialState(new PhiloxRandom(7, 8));
    Trajectory there = solver.solve(system, initial, 34, DT);
    Trajectory back = solver.solve(system, there.state(33), 34, -DT);
    for (int k = 0; k < 34; k++) {
      assertArrayEquals(there.state(33 - k), back.state(k), 1e-8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum"})
  void energyIsConserved(String name) {
    PhysicalSystem system = Systems.byName(name);
    for (int stream = 0; stream < 50; stream++) {
      double[] initial = system.initialState(new PhiloxRandom(9, stream));
      Trajectory path = solver.solve(system, initial, 200, DT);
      for (int k = 0; k < path.frames(); k++) {
        assertEquals(system.hamiltonian(0, initial), system.hamiltonian(0, path.state(k)), 1e-8);
      }
    }
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
    Trajectory path = solver.solve(driven, new double[] {1, 2, 3, 4, .1, .2, .3, .4}, 34, DT);
    for (int k = 0; k < 34; k++) {
      for (int i = 0; i < 4; i++) {
        assertEquals((i + 1) * (1 + 0.1 * Math.sin(k * DT)), path.q(k, i), 1e-9);
        assertEquals((i + 1) * 0.1, path.p(k, i), 1e-12);
      }
    }
  }

  @Test
  void oneFrameIsTheInitialState() {
    double[] initial = {0.25, -0.5};
    Trajectory path = solver.solve(new Pendulum(), initial, 1, DT);
    assertEquals(1, path.frames());
    assertArrayEquals(initial, path.state(0));
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    var spring = new MassSpring();
    double[] s = {1, 0};
    assertMessage("initial state has 3 entries", () -> solver.solve(spring, new double[3], 2, DT));
    assertMessage("not finite", () -> solver.solve(spring, new double[] {Double.NaN, 0}, 2, DT));
    assertMessage("frames is 0", () -> solver.solve(spring, s, 0, DT));
    assertMessage("dt is 0.0", () -> solver.solve(spring, s, 2, 0));
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
            IllegalStateException.class,
            () -> solver.solve(blowUp, new double[] {1, 0, 0, 0}, 34, DT));
    assertTrue(e.getMessage().contains("free-discs cannot be integrated"), e.getMessage());
  }

  private static void assertMessage(String part, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
