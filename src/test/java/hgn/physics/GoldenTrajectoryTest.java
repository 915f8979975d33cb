package hgn.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.frames.GoldenFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTrajectoryTest {
  private static final double DT = 0.125;

  @ParameterizedTest
  @CsvSource({"mass-spring, physics_mass_spring", "pendulum, physics_pendulum"})
  void statesAndEnergiesAgreeWithTheReference(String name, String file) {
    PhysicalSystem system = Systems.byName(name);
    GoldenFile golden = GoldenFile.open(file);
    int rollouts = golden.shape("outputs/q")[0];
    int frames = golden.shape("outputs/q")[1];
    double[] q = golden.values("outputs/q");
    double[] p = golden.values("outputs/p");
    double[] energy = golden.values("outputs/H");
    double worst = 0;
    for (int r = 0; r < rollouts; r++) {
      double[] initial = {golden.values("inputs/q0")[r], golden.values("inputs/p0")[r]};
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
