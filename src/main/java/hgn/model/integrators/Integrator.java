package hgn.model.integrators;

import hgn.model.PhaseState;
import java.util.Optional;

/**
 * One step of Hamilton's equations, q' = dH/dp and p' = -dH/dq, of an energy that does not depend
 * on time.
 *
 * <p>Every integrator can be differentiated twice while the tape records, and a negative dt runs
 * backward in time.
 */
public interface Integrator {
  /** What it declares of itself. */
  Traits traits();

  /** Name in configurations. */
  default String name() {
    return traits().name();
  }

  /**
   * Evaluations of dH, or of one half of it, in a step; where it is {@link Implicit}, those with
   * one iteration of each equation.
   */
  int evaluations();

  /** Why no rollout kernel can compute its steps; empty if it is {@link Programmed}. */
  Optional<String> whyComposed();

  /** The phase space in which steps are taken: that of {@code state}, or a larger one. */
  default PhaseState embed(PhaseState state) {
    return state;
  }

  /** Back from the phase space in which steps are taken. */
  default PhaseState project(PhaseState embedded) {
    return embedded;
  }

  /**
   * The state after {@code dt}, which may be negative.
   *
   * @param state in the phase space that {@link #embed} leads to, as is the result
   * @throws hgn.autograd.FixedPoint.Unsolved if a step iterates and does not converge
   */
  PhaseState step(VectorField field, PhaseState state, double dt);
}
