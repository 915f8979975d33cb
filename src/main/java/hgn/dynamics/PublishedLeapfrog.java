package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Move;
import java.util.List;

/**
 * Leapfrog as in the code that was published with the reproduction study: p½ = p - dt/2 dH/dq(q,
 * p); q' = q + dt p½; p' = p½ - dt/2 dH/dq(q', p½).
 *
 * <p>It drifts by p where Hamilton's equations have dH/dp. That is leapfrog of |p|^2/2 + V(q) where
 * H = T(p) + V(q), so it is symplectic, but it follows H only if T = |p|^2/2, then with order 2;
 * for any other H it does not converge to the flow. A network trained with it learns forces and
 * never what dH/dp should be, so H need not be constant along its rollouts, and how much H varies
 * says nothing about the integrator.
 *
 * <p>Kept to reproduce and explain published results. The published program also let the first
 * derivative of a step follow p's dependence on q through the step before; this is the method
 * without that.
 */
public final class PublishedLeapfrog implements KernelIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits(
        "published-leapfrog", 0, 0, EnergyKind.SEPARABLE, EnergyKind.SEPARABLE);
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Splitting(List.of(Move.kick(0.5).thenGlide(1), Move.kick(0.5)));
  }
}
