package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Move;
import java.util.List;

/**
 * Leapfrog as in the published code of the reproduction study: p½ = p - dt/2 dH/dq(q, p); q' = q +
 * dt p½; p' = p½ - dt/2 dH/dq(q', p½).
 *
 * <p>It drifts by p instead of dH/dp. If H = T(p) + V(q), this is leapfrog of |p|^2/2 + V(q) and
 * therefore symplectic, but it follows H only if T = |p|^2/2, then with order 2. For any other H it
 * does not converge to the flow. A network trained with it learns forces but not dH/dp, so H need
 * not be constant along its rollouts, and the variation of H says nothing about the integrator.
 *
 * <p>Kept to reproduce and explain published results. In the published program, the first
 * derivative of a step also included p's dependence on q through the previous step; this is the
 * method without that term.
 */
public final class PublishedLeapfrog implements KernelIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits(
        "published-leapfrog", 0, 0, 2, EnergyKind.SEPARABLE, EnergyKind.SEPARABLE);
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Splitting(List.of(Move.kick(0.5).thenGlide(1), Move.kick(0.5)));
  }
}
