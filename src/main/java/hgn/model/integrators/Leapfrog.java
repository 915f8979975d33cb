package hgn.model.integrators;

import static hgn.model.integrators.Integrator.advance;

import hgn.autograd.Var;
import hgn.model.PhaseState;

/**
 * Leapfrog, kick-drift-kick: p½ = p - dt/2 dH/dq(q, p); q' = q + dt dH/dp(q, p½); p' = p½ - dt/2
 * dH/dq(q', p½). Symplectic and of order 2 where H = T(p) + V(q); of order 1 otherwise, since the
 * explicit kicks then see the wrong momentum.
 */
public final class Leapfrog implements Integrator {
  @Override
  public String name() {
    return "leapfrog";
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public int separableOrder() {
    return 2;
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    Var half = advance(state.p(), -dt / 2, field.byQ(state.q(), state.p()));
    Var q = advance(state.q(), dt, field.byP(state.q(), half));
    return new PhaseState(q, advance(half, -dt / 2, field.byQ(q, half)));
  }
}
