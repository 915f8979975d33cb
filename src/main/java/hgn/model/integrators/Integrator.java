package hgn.model.integrators;

import hgn.model.PhaseState;
import hgn.tensor.RolloutProgram;

/** One step of Hamilton's equations, q' = dH/dp and p' = -dH/dq. */
public interface Integrator {
  /** Name in configurations. */
  String name();

  /** Order of accuracy for an energy H(q, p) that need not be separable. */
  int order();

  /** Order of accuracy where H = T(p) + V(q). */
  int separableOrder();

  /** What a step consists of. */
  RolloutProgram program();

  /** The state after {@code dt}, which may be negative. */
  default PhaseState step(VectorField field, PhaseState state, double dt) {
    return Step.run(program(), field, state, dt);
  }
}
