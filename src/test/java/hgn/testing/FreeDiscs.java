package hgn.testing;

import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;

/**
 * Discs in free flight, q = (x_0, y_0, x_1, y_1, ...): any number of bodies, any colours and radii.
 */
public class FreeDiscs implements PhysicalSystem {
  private final double halfWidth;
  private final int[] colours;
  private final double[] radii;

  /** One disc for each entry of {@code colours} and {@code radii}. */
  public FreeDiscs(double halfWidth, int[] colours, double... radii) {
    this.halfWidth = halfWidth;
    this.colours = colours;
    this.radii = radii;
  }

  @Override
  public String name() {
    return "free-discs";
  }

  @Override
  public int degreesOfFreedom() {
    return 2 * radii.length;
  }

  @Override
  public double hamiltonian(double t, double[] s) {
    double twice = 0;
    for (int i = s.length / 2; i < s.length; i++) {
      twice += s[i] * s[i];
    }
    return twice / 2;
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    int n = s.length / 2;
    for (int i = 0; i < n; i++) {
      dsdt[i] = s[n + i];
      dsdt[n + i] = 0;
    }
  }

  @Override
  public double noise() {
    return 0.05;
  }

  @Override
  public double minRadius() {
    return 0;
  }

  @Override
  public double maxRadius() {
    return halfWidth;
  }

  @Override
  public double[] initialState(PhiloxRandom rng) {
    double[] s = new double[2 * degreesOfFreedom()];
    for (int i = 0; i < s.length; i++) {
      s[i] = rng.uniform(-halfWidth, halfWidth);
    }
    return s;
  }

  @Override
  public double worldHalfWidth() {
    return halfWidth;
  }

  @Override
  public int bodies() {
    return radii.length;
  }

  @Override
  public void centres(double[] q, double[] xy) {
    System.arraycopy(q, 0, xy, 0, q.length);
  }

  @Override
  public double bodyRadius(int body) {
    return radii[body];
  }

  @Override
  public int bodyColour(int body) {
    return colours[body];
  }
}
