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
import java.util.stream.IntStream;

/**
 * A problem on which integrators are measured.
 *
 * @param name name for tables
 * @param hamiltonian the energy
 * @param separable whether H = T(p) + V(q)
 * @param newton whether H = |p|^2 / 2 + V(q): all masses are 1
 * @param start states from which motions begin, in float64 on the plain Java backend; owned by the
 *     caller
 */
public record TestProblem(
    String name, Hamiltonian hamiltonian, boolean separable, boolean newton, PhaseState start) {
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

  /** A problem whose masses are not all 1. */
  public TestProblem(String name, Hamiltonian hamiltonian, boolean separable, PhaseState start) {
    this(name, hamiltonian, separable, false, start);
  }

  /**
   * Returns a problem with an arbitrary energy, which counts as separable if d²H/dq dp vanishes at
   * all of its states.
   */
  public static TestProblem of(String name, Hamiltonian hamiltonian, PhaseState start) {
    boolean separable = isSeparable(hamiltonian, start);
    boolean newton = separable && isNewton(hamiltonian, start);
    return new TestProblem(name, hamiltonian, separable, newton, start);
  }

  /** Whether dH/dp = p, at the states with other momenta, since those may be 0. */
  private static boolean isNewton(Hamiltonian hamiltonian, PhaseState start) {
    try (Arena arena = Arena.open("verify masses");
        Tape.Mode off = Tape.pause()) {
      Var q = start.q();
      Var some = Var.constant(TensorOps.normal(q.backend(), q.dtype(), start.p().shape(), 0, 0));
      double[] p = Arithmetic.add(start.p(), some).value().toDoubles();
      double[] velocity =
          new VectorField(hamiltonian).dHdp(q, Arithmetic.add(start.p(), some)).value().toDoubles();
      return IntStream.range(0, p.length)
          .allMatch(i -> Math.abs(velocity[i] - p[i]) < ROUNDING * Math.max(1, Math.abs(p[i])));
    }
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
