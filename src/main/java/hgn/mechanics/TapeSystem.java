package hgn.mechanics;

import hgn.physics.InitialStates;
import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;

/**
 * A system of which only the energy and the looks are written down: the equations of motion are the
 * energy's derivatives by the tape.
 *
 * <p>Subclasses say H(t, q, p), the number of coordinates, the range of the initial states' radius,
 * and how bodies are drawn. The rest has a default to override. A public subclass with a public
 * constructor without arguments is filmed, and trained on, by the name of its class: {@code
 * --system my.own.Thing}, {@code data.system: my.own.Thing}. Objects must be immutable, since
 * several threads use one.
 *
 * <p>Each evaluation records and differentiates the energy, some microseconds an operation; a
 * system that is filmed by the million may override {@link #derivatives} with a closed form.
 */
public abstract class TapeSystem implements PhysicalSystem, Energy {
  private static final int COLOURS = 3;
  private final EnergyGradient gradient = new EnergyGradient(getClass().getName(), this);

  /** Nothing to set up. */
  protected TapeSystem() {}

  /** The name of the class, by which it is found again. */
  @Override
  public final String name() {
    return getClass().getName();
  }

  @Override
  public final double hamiltonian(double t, double[] s) {
    return gradient.value(t, s);
  }

  @Override
  public void derivatives(double t, double[] s, double[] dsdt) {
    gradient.derivatives(t, s, dsdt);
  }

  /** No noise. */
  @Override
  public double noise() {
    return 0;
  }

  /** Each pair (q_i, p_i) uniform on a circle of its own; one radius for all. */
  @Override
  public double[] initialState(PhiloxRandom rng) {
    return InitialStates.pairsOnCircles(rng, minRadius(), maxRadius(), degreesOfFreedom());
  }

  /** True: a film that a body leaves is refused. */
  @Override
  public boolean staysInPicture() {
    return true;
  }

  /** Yellow, red, green, yellow, ... */
  @Override
  public int bodyColour(int body) {
    return body % COLOURS;
  }
}
