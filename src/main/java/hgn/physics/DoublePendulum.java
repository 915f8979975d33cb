package hgn.physics;

import hgn.random.PhiloxRandom;
import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * Two pendulums of equal mass and length, the second hanging from the first one's bob: with D = q1
 * - q2 and I = m l^2 (1 + sin^2 D), H = (p1^2 + 2 p2^2 - 2 p1 p2 cos D) / (2 I) + m g l (3 - 2 cos
 * q1 - cos q2).
 *
 * <p>m = 1 kg, l = 1 m, g = 3 m/s^2. q1 and q2 are the angles (rad) of the rods from hanging
 * straight down, p1 and p2 the canonical momenta. The yellow bob is drawn at (l sin q1, l cos q1),
 * the red one at (l sin q2, l cos q2) from there, y pointing down. Each pair (q_i, p_i) starts on a
 * circle, both of radius r ~ U(0.5, 1.3); noise 0.05. Source: "[Re] Hamiltonian Generative
 * Networks", section on environments.
 *
 * <p>Erratum: the paper prints the kinetic energy as (p1^2 + p2^2 + 2 p1 p2 cos D) / (2 I), which
 * is not the kinetic energy of any pendulum: at D = 0 it vanishes for p1 = -p2. Momenta then cost
 * no energy and grow without bound, to 3e4 in 34 frames and 8e8 in 64, where float64 no longer
 * resolves the energy; so {@link #asPrinted} refuses. The released code's equations of motion
 * belong to neither form, nor to any Hamiltonian: their divergence is about 0.8.
 */
public final class DoublePendulum extends PaperSystem {
  /** m in kg, of each bob. */
  public static final double MASS = 1;

  /** l in m, of each rod. */
  public static final double LENGTH = 1;

  /** g in m/s^2. */
  public static final double GRAVITY = 3;

  private static final double INERTIA = MASS * LENGTH * LENGTH;
  private static final double WEIGHT = MASS * GRAVITY * LENGTH;

  /** The system of the paper. */
  public DoublePendulum() {
    super(new Setting("double-pendulum", 0.05, 0.5, 1.3, 2.5), 2);
  }

  @Override
  public boolean isAngle(int coordinate) {
    return true;
  }

  @Override
  PhysicalSystem printed() {
    throw new IllegalArgumentException(
        "[physics] double-pendulum cannot be integrated as printed: its kinetic energy vanishes at"
            + " q1 = q2 for p1 = -p2, so that momenta grow without bound; leave as-printed off");
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    SinCos delta = FastMath.sinCos(s[0] - s[1]);
    return quadratic(s, delta.cos()) / (2 * inertia(delta))
        + WEIGHT * (3 - 2 * FastMath.cos(s[0]) - FastMath.cos(s[1]));
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    SinCos delta = FastMath.sinCos(s[0] - s[1]);
    double inertia = inertia(delta);
    double slope =
        s[2] * s[3] * delta.sin() / inertia
            - quadratic(s, delta.cos()) * INERTIA * delta.sin() * delta.cos() / (inertia * inertia);
    dsdt[0] = (s[2] - s[3] * delta.cos()) / inertia;
    dsdt[1] = (2 * s[3] - s[2] * delta.cos()) / inertia;
    dsdt[2] = -2 * WEIGHT * FastMath.sin(s[0]) - slope;
    dsdt[3] = -WEIGHT * FastMath.sin(s[1]) + slope;
  }

  /** Twice I times the kinetic energy. */
  private double quadratic(double[] s, double cosine) {
    return s[2] * s[2] + 2 * s[3] * s[3] - 2 * s[2] * s[3] * cosine;
  }

  private static double inertia(SinCos delta) {
    return INERTIA * (1 + delta.sin() * delta.sin());
  }

  @Override
  public double[] initialState(PhiloxRandom rng) {
    double radius = rng.uniform(minRadius(), maxRadius());
    double[] q = InitialStates.onCircle(rng, radius);
    double[] p = InitialStates.onCircle(rng, radius);
    return new double[] {q[0], q[1], p[0], p[1]};
  }

  @Override
  public int bodies() {
    return 2;
  }

  @Override
  public boolean staysInPicture() {
    return true;
  }

  @Override
  public void centres(double[] q, double[] xy) {
    xy[0] = LENGTH * FastMath.sin(q[0]);
    xy[1] = LENGTH * FastMath.cos(q[0]);
    xy[2] = xy[0] + LENGTH * FastMath.sin(q[1]);
    xy[3] = xy[1] + LENGTH * FastMath.cos(q[1]);
  }

  @Override
  public double bodyRadius(int body) {
    return LENGTH / 3;
  }

  @Override
  public int bodyColour(int body) {
    return body;
  }
}
