package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.custom.FixedPoint;

/**
 * The implicit midpoint rule, the one-stage Gauss method: with the midpoint m = (s + s')/2 in q and
 * p,
 *
 * <pre>  m = s + dt/2 (dH/dp, -dH/dq)(m),   s' = 2 m - s.</pre>
 *
 * <p>Symmetric, symplectic and of order 2 for every H(q, p) (Hairer, Lubich, Wanner, Geometric
 * Numerical Integration, VI.4); it preserves quadratic invariants. The equation is solved by {@link
 * FixedPoint}.
 */
public final class ImplicitMidpoint implements ImplicitIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("implicit-midpoint", 2, 2, EnergyKind.ALL, EnergyKind.ALL);
  }

  @Override
  public int evaluations() {
    return 1;
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    Var middle =
        FixedPoint.solve(
            m -> {
              PhaseState dH = field.both(BatchHalves.of(m));
              return BatchHalves.join(ProgramStep.along(state, dH, dt / 2));
            },
            BatchHalves.join(state));
    PhaseState m = BatchHalves.of(middle);
    return new PhaseState(reflect(state.q(), m.q()), reflect(state.p(), m.p()));
  }

  private static Var reflect(Var x, Var middle) {
    return ProgramStep.advance(middle, 1, ProgramStep.advance(middle, -1, x));
  }
}
