package hgn.dynamics;

import hgn.autograd.Var;
import java.util.Optional;

/**
 * Yoshida's method as in the published code of the reproduction study: drifts by dt w1/2, dt (w0 +
 * w1)/2, dt (w0 + w1)/2 and dt w1/2 along p instead of dH/dp, and between them kicks by dt w1, dt
 * w0 and dt w1 along -dH/dq(q, p0), all at the step's first momentum p0; w1 and w0 are those of
 * {@link Yoshida4}.
 *
 * <p>If H = T(p) + V(q), this is Yoshida's method of order 4 for |p|^2/2 + V(q), symplectic, but it
 * follows H only if T = |p|^2/2. For any other H it does not converge to the flow. As with {@link
 * PublishedLeapfrog}, the variation of H along its rollouts says nothing.
 */
public final class PublishedYoshida implements Integrator {
  private static final double[] DRIFTS = {
    Yoshida4.W1 / 2,
    (Yoshida4.W0 + Yoshida4.W1) / 2,
    (Yoshida4.W0 + Yoshida4.W1) / 2,
    Yoshida4.W1 / 2
  };
  private static final double[] KICKS = {Yoshida4.W1, Yoshida4.W0, Yoshida4.W1};

  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits(
        "published-yoshida", 0, 0, 4, EnergyKind.SEPARABLE, EnergyKind.SEPARABLE);
  }

  @Override
  public int evaluations() {
    return KICKS.length;
  }

  @Override
  public Optional<String> whyNotFused() {
    return Optional.of("its kicks are at the momentum of the step's start, which no kernel keeps");
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    Var q = ProgramStep.advance(state.q(), dt * DRIFTS[0], state.p());
    Var p = state.p();
    for (int i = 0; i < KICKS.length; i++) {
      p = ProgramStep.advance(p, -dt * KICKS[i], field.dHdq(q, state.p()));
      q = ProgramStep.advance(q, dt * DRIFTS[i + 1], p);
    }
    return new PhaseState(q, p);
  }
}
