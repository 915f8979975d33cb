package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.golden.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTrajectoryTest {
  private static final double DT = 0.125;

  @ParameterizedTest
  @CsvSource({"mass-spring, physics_mass_spring", "pendulum, physics_pendulum"})
  void statesAndEnergiesAgreeWithTheReference(String name, String file) {
    PhysicalSystem system = Systems.byName(name);
    Golden golden = Golden.load(file);
    int rollouts = golden.array("outputs/q").shape().dim(0);
    int frames = golden.array("outputs/q").shape().dim(1);
    double[] q = golden.array("outputs/q").values();
    double[] p = golden.array("outputs/p").values();
    double[] energy = golden.array("outputs/H").values();
    double[] q0 = golden.array("inputs/q0").values();
    double[] p0 = golden.array("inputs/p0").values();
    double worst = 0;
    for (int r = 0; r < rollouts; r++) {
      double[] initial = {q0[r], p0[r]};
      Trajectory path = new OdeSolver().solve(system, initial, frames, DT);
      for (int k = 0; k < frames; k++) {
        int at = r * frames + k;
        worst = Math.max(worst, Math.abs(q[at] - path.q(k, 0)));
        worst = Math.max(worst, Math.abs(p[at] - path.p(k, 0)));
        worst = Math.max(worst, Math.abs(energy[at] - system.hamiltonian(0, path.state(k))));
      }
    }
    assertEquals(0, worst, 1e-8);
  }
}
