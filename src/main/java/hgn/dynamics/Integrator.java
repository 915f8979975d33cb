package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import java.util.Optional;

/**
 * One step of Hamilton's equations, q' = dH/dp and p' = -dH/dq, of a time-independent energy.
 *
 * <p>Every integrator can be differentiated twice while the tape records, and a negative dt runs
 * backward in time.
 */
public interface Integrator {
  /** The integrator's properties. */
  IntegratorTraits traits();

  /** Name in configurations. */
  default String name() {
    return traits().name();
  }

  /**
   * Evaluations of dH, or of one half of it, per step; for an {@link ImplicitIntegrator}, with one
   * iteration of each equation.
   */
  int evaluations();

  /** Why no rollout kernel can compute the steps; empty for a {@link KernelIntegrator}. */
  Optional<String> whyNotFused();

  /**
   * Returns the evaluations of a step, for kernels.
   *
   * @throws UnsupportedOperationException if no kernel computes it, see {@link #whyNotFused}
   */
  default RolloutProgram program() {
    throw new UnsupportedOperationException(
        "[" + name() + "] " + whyNotFused().orElse("no program"));
  }

  /** Maps a state to the phase space in which steps are taken: its own, or a larger one. */
  default PhaseState embed(PhaseState state) {
    return state;
  }

  /** Maps a state back from the phase space in which steps are taken. */
  default PhaseState project(PhaseState embedded) {
    return embedded;
  }

  /**
   * Returns the state after {@code dt}, which may be negative.
   *
   * @param state in the phase space of {@link #embed}, like the result
   * @throws hgn.autograd.custom.FixedPoint.Unsolved if a step iterates and does not converge
   */
  PhaseState step(VectorField field, PhaseState state, double dt);
}
