package hgn.physics;

import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * A mass on a spring without friction: H = p^2 / (2m) + k q^2 / 2.
 *
 * <p>m = 0.5 kg, k = 2 N/m, so that the angular frequency is w = sqrt(k/m) = 2 rad/s. q is the
 * displacement (m), p = m dq/dt. The mass moves along the vertical centre line, drawn at (0, q).
 * Source: "[Re] Hamiltonian Generative Networks", section on environments; r ~ U(0.1, 1), noise
 * 0.1. The paper prints this Hamiltonian correctly. Its released code draws the angle of (q, p)
 * from a normalised square instead of the circle.
 *
 * <p>The solution is a rotation: q = q0 cos wt + p0 sin(wt) / (m w), p = p0 cos wt - m w q0 sin wt.
 */
public final class MassSpring extends VerticalSpring {
  private static final double FREQUENCY = Math.sqrt(STIFFNESS / MASS);
  private static final double IMPEDANCE = MASS * FREQUENCY;

  /** The system of the paper. */
  public MassSpring() {
    super(new Setting("mass-spring", 0.1, 0.1, 1, 2));
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    double q = s[0];
    double p = s[1];
    return p * p / (2 * MASS) + STIFFNESS * q * q / 2;
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    dsdt[0] = s[1] / MASS;
    dsdt[1] = -STIFFNESS * s[0];
  }

  @Override
  void flow(double t0, double[] s0, double elapsed, double[] dst, int at) {
    SinCos phase = FastMath.sinCos(FREQUENCY * elapsed);
    dst[at] = s0[0] * phase.cos() + s0[1] * phase.sin() / IMPEDANCE;
    dst[at + 1] = s0[1] * phase.cos() - s0[0] * phase.sin() * IMPEDANCE;
  }

  @Override
  PhysicalSystem printed() {
    return this;
  }
}
