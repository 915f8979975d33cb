package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Move;
import java.util.List;

/**
 * Leapfrog, kick-drift-kick: p½ = p - dt/2 dH/dq(q, p); q' = q + dt dH/dp(q, p½); p' = p½ - dt/2
 * dH/dq(q', p½). Symplectic and of order 2 if H = T(p) + V(q); of order 1 otherwise, since the
 * explicit kicks then use the wrong momentum.
 */
public final class Leapfrog implements KernelIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("leapfrog", 1, 2, EnergyKind.SEPARABLE, EnergyKind.SEPARABLE);
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Splitting(moves(1));
  }

  /** The moves of a leapfrog step of length {@code part} dt. */
  static List<Move> moves(double part) {
    return List.of(Move.kick(part / 2), Move.drift(part), Move.kick(part / 2));
  }
}
