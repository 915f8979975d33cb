package hgn.verify;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.tensor.Arena;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.Arrays;
import java.util.List;

/**
 * A problem on which integrators are measured.
 *
 * @param name name for tables
 * @param hamiltonian the energy
 * @param separable whether H = T(p) + V(q)
 * @param start states from which motions begin, in float64 on the plain Java backend; owned by the
 *     caller
 */
public record TestProblem(
    String name, Hamiltonian hamiltonian, boolean separable, PhaseState start) {
  private static final double ROUNDING = 1e-12;

  /** Checks the precision. */
  public TestProblem {
    if (start.q().dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "[verify] states of "
              + name
              + " are "
              + start.q()
              + "; float64 is needed to resolve errors down to rounding");
    }
  }

  /**
   * Returns a problem with an arbitrary energy, which counts as separable if d²H/dq dp vanishes at
   * all of its states.
   */
  public static TestProblem of(String name, Hamiltonian hamiltonian, PhaseState start) {
    return new TestProblem(name, hamiltonian, isSeparable(hamiltonian, start), start);
  }

  private static boolean isSeparable(Hamiltonian hamiltonian, PhaseState start) {
    try (Arena arena = Arena.open("verify separable");
        Tape.Mode on = Tape.resume()) {
      Var q = Var.leaf(start.q().value());
      Var velocity = new VectorField(hamiltonian).dHdp(q, Var.leaf(start.p().value()));
      Tensor weights = TensorOps.normal(q.backend(), q.dtype(), q.shape(), 0, 0);
      Var some = Reductions.sum(Arithmetic.mul(velocity, Var.constant(weights)));
      double[] mixed = Gradients.orZero(some, List.of(q), false).get(0).value().toDoubles();
      return Arrays.stream(mixed).allMatch(d -> Math.abs(d) < ROUNDING);
    }
  }

  /** Number of states. */
  public int states() {
    return start.q().shape().dim(0);
  }
}
