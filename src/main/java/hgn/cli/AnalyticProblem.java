package hgn.cli;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.cli.console.Failure;
import hgn.dynamics.PhaseState;
import hgn.mechanics.Energy;
import hgn.mechanics.PaperEnergies;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import hgn.random.Streams;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.verify.TestProblem;
import java.util.Arrays;

/** A physical system's energy on the tape, with initial states of its rollouts. */
final class AnalyticProblem {
  private AnalyticProblem() {}

  /**
   * The problem of the system {@code name}.
   *
   * @param states number of states; they belong to the innermost arena
   * @throws Failure if its energy depends on time
   */
  static TestProblem of(String name, int states) {
    PhysicalSystem system = Systems.byName(name);
    Energy energy = system instanceof Energy own ? own : PaperEnergies.named(system.name());
    int n = system.degreesOfFreedom();
    double[] q = new double[states * n];
    double[] p = new double[states * n];
    for (int i = 0; i < states; i++) {
      double[] s = system.initialState(new PhiloxRandom(0, Streams.ROLLOUTS.at(i)));
      System.arraycopy(s, 0, q, i * n, n);
      System.arraycopy(s, n, p, i * n, n);
    }
    PhaseState start = new PhaseState(constant(states, n, q), constant(states, n, p));
    if (!Arrays.equals(at(energy, 0, start), at(energy, 1, start))) {
      throw new Failure(
          "the energy of "
              + name
              + " depends on time, which the integrators do not support;"
              + " verify needs a system whose energy does not");
    }
    return TestProblem.of(name, (x, y) -> energy.energy(0, x, y), start);
  }

  private static Var constant(int states, int n, double[] values) {
    Backend jvm = Backends.get("jvm");
    return Var.constant(Tensor.of(jvm, DType.FLOAT64, Shape.of(states, n), values));
  }

  private static double[] at(Energy energy, double t, PhaseState s) {
    try (Arena scratch = Arena.open("energy");
        Tape.Mode off = Tape.pause()) {
      return energy.energy(t, s.q(), s.p()).value().toDoubles();
    }
  }
}
