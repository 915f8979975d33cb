package hgn.physics;

import org.hipparchus.util.FastMath;

/**
 * A mathematical pendulum: H = p^2 / (2 m l^2) + m g l (1 - cos q).
 *
 * <p>m = 0.5 kg, l = 1 m, g = 3 m/s^2. q is the angle (rad) from hanging straight down, p = m l^2
 * dq/dt the angular momentum. The bob is drawn at (l sin q, l cos q), y pointing down. Source:
 * "[Re] Hamiltonian Generative Networks", section on environments; r ~ U(1.3, 2.3), noise 0.1. The
 * released code draws the angle of (q, p) from a normalised square instead of the circle.
 *
 * <p>Erratum: the paper prints the potential as 2 m g l (1 - cos q). The factor 2 contradicts dp/dt
 * = -m g l sin q, the torque on a bob of mass m at distance l. {@link #asPrinted} keeps it: a
 * pendulum under twice the gravity.
 *
 * <p>The motion has a closed form in elliptic functions.
 */
public final class Pendulum extends OneBody implements ClosedForm {
  /** m in kg. */
  public static final double MASS = 0.5;

  /** l in m. */
  public static final double LENGTH = 1;

  /** g in m/s^2. */
  public static final double GRAVITY = 3;

  private static final double INERTIA = MASS * LENGTH * LENGTH;
  private static final Setting SETTING = new Setting("pendulum", 0.1, 1.3, 2.3, 2);

  private final double weight;

  /** The correct pendulum. */
  public Pendulum() {
    this(SETTING, 1);
  }

  private Pendulum(Setting setting, double factor) {
    super(setting);
    weight = factor * MASS * GRAVITY * LENGTH;
  }

  @Override
  public boolean isAngle(int coordinate) {
    return true;
  }

  @Override
  PhysicalSystem printed() {
    return new Pendulum(SETTING.asPrinted(), 2);
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    return s[1] * s[1] / (2 * INERTIA) + weight * (1 - FastMath.cos(s[0]));
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    dsdt[0] = s[1] / INERTIA;
    dsdt[1] = -weight * FastMath.sin(s[0]);
  }

  @Override
  public void follow(double t0, double dt, double[] states) {
    double frequency = Math.sqrt(weight / INERTIA);
    double unit = 2 * INERTIA * frequency;
    PendulumFlow flow = new PendulumFlow(states[0], states[1] / unit, frequency * dt);
    for (int i = 2; i < states.length; i += 2) {
      flow.step();
      states[i] = flow.angle();
      states[i + 1] = unit * flow.speed();
    }
  }

  @Override
  public void centres(double[] q, double[] xy) {
    xy[0] = LENGTH * FastMath.sin(q[0]);
    xy[1] = LENGTH * FastMath.cos(q[0]);
  }
}
