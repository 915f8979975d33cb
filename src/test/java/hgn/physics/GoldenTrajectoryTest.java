package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.golden.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTrajectoryTest {
  private static final double DT = 0.125;

  @ParameterizedTest
  @CsvSource({
    "mass-spring, physics_mass_spring, p",
    "pendulum, physics_pendulum, p",
    "two-body, physics_two_body, p",
    "three-body, physics_three_body, p",
    "double-pendulum, physics_double_pendulum, p",
    "damped-spring, physics_damped_spring, p_canonical",
  })
  void statesAndEnergiesAgreeWithTheReference(String name, String file, String momentum) {
    PhysicalSystem system = Systems.byName(name);
    assertAgree(system, Golden.load(file), momentum);
  }

  /** The released code's 0.3 is a ratio: it films gamma = 1.2. */
  @Test
  void theReleasedDampingIsReachedToo() {
    Golden golden = Golden.load("physics_damped_spring_public_zeta0.3");
    assertAgree(new DampedSpring(1.2), golden, "p_canonical");
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, physics_damped_spring",
    "1.2, physics_damped_spring_public_zeta0.3",
  })
  void kineticMomentumIsWhatTheReferenceMeasures(double gamma, String file) {
    DampedSpring spring = new DampedSpring(gamma);
    double[] canonical = Golden.load(file).array("outputs/p_canonical").values();
    double[] kinetic = Golden.load(file).array("outputs/p_kinetic").values();
    int frames = canonical.length / 5;
    for (int i = 0; i < canonical.length; i++) {
      assertEquals(kinetic[i], spring.kinetic(i % frames * DT, canonical[i]), 1e-12);
    }
  }

  private static void assertAgree(PhysicalSystem system, Golden golden, String momentum) {
    int[] shape = golden.array("outputs/q").shape().dims();
    int frames = shape[1];
    int n = shape[2];
    assertEquals(system.degreesOfFreedom(), n);
    double[] q = golden.array("outputs/q").values();
    double[] p = golden.array("outputs/" + momentum).values();
    double[] energy = golden.array("outputs/H").values();
    double[] q0 = golden.array("inputs/q0").values();
    double[] p0 = golden.array("inputs/p0").values();
    for (int r = 0; r < shape[0]; r++) {
      double[] initial = new double[2 * n];
      System.arraycopy(q0, r * n, initial, 0, n);
      System.arraycopy(p0, r * n, initial, n, n);
      PhasePath solved = new OdeSolver().solve(system, 0, initial, frames, DT);
      PhasePath path = new GroundTruth().of(system, 0, initial, frames, DT);
      double worst = 0;
      for (int k = 0; k < frames; k++) {
        int at = r * frames + k;
        for (int i = 0; i < n; i++) {
          worst = Math.max(worst, Math.abs(q[at * n + i] - solved.q(k, i)));
          worst = Math.max(worst, Math.abs(p[at * n + i] - solved.p(k, i)));
          worst = Math.max(worst, Math.abs(q[at * n + i] - path.q(k, i)));
          worst = Math.max(worst, Math.abs(p[at * n + i] - path.p(k, i)));
        }
        double there = system.hamiltonian(k * DT, path.state(k));
        worst = Math.max(worst, Math.abs(energy[at] - there));
      }
      assertTrue(worst < 1e-8, system.name() + " rollout " + r + " is off by " + worst);
    }
  }
}
