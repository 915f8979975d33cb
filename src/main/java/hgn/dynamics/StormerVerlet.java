package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.custom.FixedPoint;

/**
 * The generalised Störmer-Verlet method, which equals {@link Leapfrog} if H = T(p) + V(q) and is
 * implicit otherwise:
 *
 * <pre>
 *   p½ = p - dt/2 dH/dq(q, p½)
 *   q' = q + dt/2 (dH/dp(q, p½) + dH/dp(q', p½))
 *   p' = p½ - dt/2 dH/dq(q', p½)</pre>
 *
 * <p>Symmetric, symplectic and of order 2 for every H(q, p): a step of the symplectic Euler method
 * and one of its adjoint (Hairer, Lubich, Wanner, Geometric Numerical Integration, VI.3). Both
 * equations are solved by {@link FixedPoint}.
 */
public final class StormerVerlet implements ImplicitIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("stormer-verlet", 2, 2, EnergyKind.ALL, EnergyKind.ALL);
  }

  @Override
  public int evaluations() {
    return 4;
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    Var q = state.q();
    Var p = state.p();
    double half = dt / 2;
    Var between = FixedPoint.solve(at -> ProgramStep.advance(p, -half, field.dHdq(q, at)), p);
    Var near = ProgramStep.advance(q, half, field.dHdp(q, between));
    Var end = FixedPoint.solve(at -> ProgramStep.advance(near, half, field.dHdp(at, between)), q);
    return new PhaseState(end, ProgramStep.advance(between, -half, field.dHdq(end, between)));
  }
}
