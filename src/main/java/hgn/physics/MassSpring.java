package hgn.physics;

import hgn.random.PhiloxRandom;

/**
 * A mass on a spring without friction: H = p^2 / (2m) + k q^2 / 2.
 *
 * <p>m = 0.5 kg, k = 2 N/m, so that the angular frequency is sqrt(k/m) = 2 rad/s. q is the
 * displacement (m), p = m dq/dt. The mass moves along the vertical centre line, drawn at (0, q).
 * Source: "[Re] Hamiltonian Generative Networks", section on environments; r ~ U(0.1, 1), noise
 * 0.1.
 */
public final class MassSpring implements PhysicalSystem {
  private static final double MASS = 0.5;
  private static final double STIFFNESS = 2;

  @Override
  public String name() {
    return "mass-spring";
  }

  @Override
  public int degreesOfFreedom() {
    return 1;
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
  public double noise() {
    return 0.1;
  }

  @Override
  public double minRadius() {
    return 0.1;
  }

  @Override
  public double maxRadius() {
    return 1;
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
    xy[0] = 0;
    xy[1] = q[0];
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
