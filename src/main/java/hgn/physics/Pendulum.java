package hgn.physics;

import hgn.random.PhiloxRandom;
import org.hipparchus.util.FastMath;

/**
 * A mathematical pendulum: H = p^2 / (2 m l^2) + m g l (1 - cos q).
 *
 * <p>m = 0.5 kg, l = 1 m, g = 3 m/s^2. q is the angle (rad) from hanging straight down, p = m l^2
 * dq/dt the angular momentum. The bob is drawn at (l sin q, l cos q), y pointing down. Source:
 * "[Re] Hamiltonian Generative Networks", section on environments; r ~ U(1.3, 2.3), noise 0.1.
 *
 * <p>Erratum: the paper prints the potential as 2 m g l (1 - cos q). The factor 2 contradicts dp/dt
 * = -m g l sin q, the torque on a bob of mass m at distance l, and is not used here.
 */
public final class Pendulum implements PhysicalSystem {
  private static final double MASS = 0.5;
  private static final double LENGTH = 1;
  private static final double GRAVITY = 3;
  private static final double INERTIA = MASS * LENGTH * LENGTH;
  private static final double MGL = MASS * GRAVITY * LENGTH;

  @Override
  public String name() {
    return "pendulum";
  }

  @Override
  public int degreesOfFreedom() {
    return 1;
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    return s[1] * s[1] / (2 * INERTIA) + MGL * (1 - FastMath.cos(s[0]));
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    dsdt[0] = s[1] / INERTIA;
    dsdt[1] = -MGL * FastMath.sin(s[0]);
  }

  @Override
  public double noise() {
    return 0.1;
  }

  @Override
  public double minRadius() {
    return 1.3;
  }

  @Override
  public double maxRadius() {
    return 2.3;
  }

  @Override
  public double[] initialState(PhiloxRandom rng) {
    return InitialStates.onCircle(rng, minRadius(), maxRadius());
  }

  @Override
  public double worldHalfWidth() {
    return 2;
  }

  @Override
  public int bodies() {
    return 1;
  }

  @Override
  public void centres(double[] q, double[] xy) {
    xy[0] = LENGTH * FastMath.sin(q[0]);
    xy[1] = LENGTH * FastMath.cos(q[0]);
  }

  @Override
  public double bodyRadius(int body) {
    return 0.5;
  }

  @Override
  public int bodyColour(int body) {
    return 0;
  }
}
