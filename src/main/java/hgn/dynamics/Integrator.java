package hgn.dynamics;

import hgn.tensor.RolloutProgram;
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
  IntegratorTraits traits();

  /** Name in configurations. */
  default String name() {
    return traits().name();
  }

  /**
   * Evaluations of dH, or of one half of it, in a step; where it is {@link ImplicitIntegrator},
   * those with one iteration of each equation.
   */
  int evaluations();

  /** Why no rollout kernel can compute its steps; empty if it is {@link KernelIntegrator}. */
  Optional<String> whyComposed();

  /**
   * What a step consists of, for kernels.
   *
   * @throws UnsupportedOperationException if no kernel computes it, see {@link #whyComposed}
   */
  default RolloutProgram program() {
    throw new UnsupportedOperationException(
        "[" + name() + "] " + whyComposed().orElse("no program"));
  }

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
   * @throws hgn.autograd.custom.FixedPoint.Unsolved if a step iterates and does not converge
   */
  PhaseState step(VectorField field, PhaseState state, double dt);
}
