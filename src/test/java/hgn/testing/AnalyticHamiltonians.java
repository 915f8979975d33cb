package hgn.testing;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/** Energies of one degree of freedom whose flow is easy to check; q and p have shape (1). */
public final class AnalyticHamiltonians {
  /** H = p^2 + 1.5 (1 - cos q): a pendulum of mass 1/2, separable, with dH/dp = 2p. */
  public static final Hamiltonian PENDULUM = pendulum(0.5, 1.5);

  /** H = p^2/2 + 1 - cos q: a pendulum of mass 1, separable, with dH/dp = p. */
  public static final Hamiltonian UNIT_PENDULUM = pendulum(1, 1);

  /** H = (w q^2 + 1)(p^2 + 1)/2: not separable. */
  public static Hamiltonian coupled(Var w) {
    return (q, p) ->
        Arithmetic.scale(
            Arithmetic.mul(
                Arithmetic.affine(Arithmetic.mul(w, Functions.square(q)), 1, 1),
                Arithmetic.affine(Functions.square(p), 1, 1)),
            0.5);
  }

  /** H = (q^2 + 1)(p^2 + 1)/2: not separable. */
  public static final Hamiltonian COUPLED =
      (q, p) ->
          Arithmetic.scale(
              Arithmetic.mul(
                  Arithmetic.affine(Functions.square(q), 1, 1),
                  Arithmetic.affine(Functions.square(p), 1, 1)),
              0.5);

  private AnalyticHamiltonians() {}

  private static Hamiltonian pendulum(double mass, double weight) {
    return (q, p) ->
        Arithmetic.add(
            Arithmetic.scale(Functions.square(p), 0.5 / mass),
            Arithmetic.affine(Functions.cos(q), -weight, weight));
  }

  public static PhaseState state(double q, double p) {
    return new PhaseState(scalar(q), scalar(p));
  }

  private static Var scalar(double value) {
    return Var.constant(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(1), value));
  }

  /** The state after {@code steps} steps of {@code dt}, as {q, p}. */
  public static double[] after(
      Hamiltonian hamiltonian, Integrator integrator, PhaseState start, int steps, double dt) {
    PhaseState end =
        new HamiltonianFlow(hamiltonian, integrator).rollout(start, steps + 1, dt).get(steps);
    return Layout.concat(java.util.List.of(end.q(), end.p()), 0).value().toDoubles();
  }
}
