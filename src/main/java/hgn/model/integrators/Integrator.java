package hgn.model.integrators;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.model.PhaseState;

/** One step of Hamilton's equations, q' = dH/dp and p' = -dH/dq. */
public interface Integrator {
  /** Name in configurations. */
  String name();

  /** Order of accuracy for an energy H(q, p) that need not be separable. */
  int order();

  /** Order of accuracy where H = T(p) + V(q). */
  int separableOrder();

  /** The state after {@code dt}, which may be negative. */
  PhaseState step(VectorField field, PhaseState state, double dt);

  /** x + factor * slope. */
  static Var advance(Var x, double factor, Var slope) {
    return Arithmetic.add(x, Arithmetic.scale(slope, factor));
  }
}
