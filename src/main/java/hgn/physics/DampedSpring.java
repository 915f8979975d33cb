package hgn.physics;

import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * A mass on a spring with friction, in the form of Caldirola and Kanai: H = e^(-gamma t) p^2 / (2m)
 * + e^(gamma t) k q^2 / 2, so that q'' + gamma q' + (k/m) q = 0.
 *
 * <p>m = 0.5 kg, k = 2 N/m, gamma = 0.3 1/s, t = 0 at a film's first frame. q is the displacement
 * (m), drawn at (0, q); p = e^(gamma t) m dq/dt is the canonical momentum and {@link #kinetic} the
 * m dq/dt that an observer measures. H oscillates; the mechanical energy decays. Source: "[Re]
 * Hamiltonian Generative Networks", section on environments; r ~ U(0.75, 1.4), noise 0.1.
 *
 * <p>Erratum: the paper prints e^(gamma t) (p^2 / (2m) + k q^2 / 2), which is the undamped spring
 * with an accelerating clock: {@link #asPrinted}. The released code takes 0.3 as a damping ratio,
 * so its films show gamma = 2 * 0.3 * sqrt(k/m) = 1.2, and draws the angle of (q, p) from a
 * normalised square instead of the circle.
 *
 * <p>The solution, with v = dq/dt, w = sqrt(k/m - gamma^2/4) and e = e^(-gamma t/2): q = e (q0 cos
 * wt + (v0 + gamma q0/2) sin(wt) / w), v = e (v0 cos wt - (k/m q0 + gamma v0/2) sin(wt) / w).
 */
public final class DampedSpring extends VerticalSpring {
  /** gamma in 1/s. */
  public static final double DAMPING = 0.3;

  static final Setting SETTING = new Setting("damped-spring", 0.1, 0.75, 1.4, 2);

  private final double gamma;
  private final double frequency;

  /** The system of the paper's text, gamma = 0.3 / s. */
  public DampedSpring() {
    this(DAMPING);
  }

  /** With another damping, below the critical 2 sqrt(k/m) = 4 / s. */
  DampedSpring(double gamma) {
    super(SETTING);
    this.gamma = gamma;
    this.frequency = Math.sqrt(STIFFNESS / MASS - gamma * gamma / 4);
  }

  /** Returns m dq/dt at time t for the canonical momentum {@code p}. */
  public double kinetic(double t, double p) {
    return FastMath.exp(-gamma * t) * p;
  }

  @Override
  PhysicalSystem printed() {
    return new PrintedDampedSpring();
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    double growth = FastMath.exp(gamma * t);
    return s[1] * s[1] / (2 * MASS * growth) + growth * STIFFNESS * s[0] * s[0] / 2;
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    double growth = FastMath.exp(gamma * t);
    dsdt[0] = s[1] / (MASS * growth);
    dsdt[1] = -growth * STIFFNESS * s[0];
  }

  @Override
  void flow(double t0, double[] s0, double elapsed, double[] dst, int at) {
    double q = s0[0];
    double v = kinetic(t0, s0[1]) / MASS;
    double decay = FastMath.exp(-gamma * elapsed / 2);
    SinCos phase = FastMath.sinCos(frequency * elapsed);
    double sine = phase.sin() / frequency;
    double speed = v * phase.cos() - (STIFFNESS / MASS * q + gamma * v / 2) * sine;
    dst[at] = decay * (q * phase.cos() + (v + gamma * q / 2) * sine);
    dst[at + 1] = FastMath.exp(gamma * (t0 + elapsed)) * MASS * decay * speed;
  }
}
