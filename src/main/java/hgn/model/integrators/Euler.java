package hgn.model.integrators;

import static hgn.model.integrators.Integrator.advance;

import hgn.model.PhaseState;

/** The explicit Euler method: q + dt dH/dp, p - dt dH/dq, both at (q, p). Not symplectic. */
public final class Euler implements Integrator {
  @Override
  public String name() {
    return "euler";
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public int separableOrder() {
    return 1;
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    PhaseState slope = field.both(state);
    return new PhaseState(advance(state.q(), dt, slope.p()), advance(state.p(), -dt, slope.q()));
  }
}
