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
  /** Name in configurations. */
  String name();

  /**
   * Order of accuracy for an energy H(q, p) that need not be separable; 0 where the steps do not
   * follow that energy's flow, however small they are.
   */
  int order();

  /** Order of accuracy where H = T(p) + V(q). */
  int separableOrder();

  /**
   * Where a step is symplectic, M^T Omega M = Omega for its Jacobian M, in the phase space that
   * {@link #embed} leads to.
   */
  Energies symplectic();

  /** Where a step of -dt undoes a step of dt, to rounding. */
  Energies reversible();

  /**
   * Evaluations of dH, or of one half of it, in a step. Where a step {@linkplain #isIterative
   * iterates} they are those with a single iteration.
   */
  int evaluations();

  /** Whether a step solves equations, by as many iterations as it takes. */
  default boolean isIterative() {
    return false;
  }

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
