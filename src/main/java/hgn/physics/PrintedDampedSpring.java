package hgn.physics;

import org.hipparchus.util.FastMath;

/**
 * The damped spring as the paper prints it: H = e^(gamma t) (p^2 / (2m) + k q^2 / 2).
 *
 * <p>Erratum, kept on purpose: with both terms growing, (q, p) moves along the undamped spring's
 * ellipse, and the phase is w tau, where tau = (e^(gamma t) - 1) / gamma and w = sqrt(k/m). Nothing
 * decays; the oscillation only becomes faster. {@link DampedSpring} is the correct form.
 */
final class PrintedDampedSpring extends VerticalSpring {
  private static final double GAMMA = DampedSpring.DAMPING;
  private final MassSpring undamped = new MassSpring();

  PrintedDampedSpring() {
    super(DampedSpring.SETTING.asPrinted());
  }

  @Override
  PhysicalSystem printed() {
    return this;
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    return FastMath.exp(GAMMA * t) * undamped.hamiltonian(t, s);
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    double growth = FastMath.exp(GAMMA * t);
    undamped.derivatives(t, s, dsdt);
    dsdt[0] *= growth;
    dsdt[1] *= growth;
  }

  @Override
  void flow(double t0, double[] s0, double elapsed, double[] dst, int at) {
    double ownTime = FastMath.exp(GAMMA * t0) * FastMath.expm1(GAMMA * elapsed) / GAMMA;
    undamped.flow(0, s0, ownTime, dst, at);
  }
}
