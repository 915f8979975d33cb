package hgn.model.integrators;

import static hgn.model.integrators.Integrator.advance;

import hgn.model.PhaseState;

/**
 * The classical Runge-Kutta method of order 4: slopes at the start, twice at half the step and once
 * at the whole of it, weighted 1, 2, 2, 1. Not symplectic.
 */
public final class RungeKutta4 implements Integrator {
  @Override
  public String name() {
    return "rk4";
  }

  @Override
  public int order() {
    return 4;
  }

  @Override
  public int separableOrder() {
    return 4;
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    PhaseState k1 = field.both(state);
    PhaseState k2 = field.both(along(state, k1, dt / 2));
    PhaseState k3 = field.both(along(state, k2, dt / 2));
    PhaseState k4 = field.both(along(state, k3, dt));
    PhaseState sum = along(state, k1, dt / 6);
    sum = along(sum, k2, dt / 3);
    sum = along(sum, k3, dt / 3);
    return along(sum, k4, dt / 6);
  }

  /** The state moved along the flow of the partial derivatives {@code dH}. */
  private static PhaseState along(PhaseState state, PhaseState dH, double dt) {
    return new PhaseState(advance(state.q(), dt, dH.p()), advance(state.p(), -dt, dH.q()));
  }
}
