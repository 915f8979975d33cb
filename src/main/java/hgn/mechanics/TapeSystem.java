package hgn.mechanics;

import hgn.physics.InitialStates;
import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;

/**
 * A system defined by its energy and its appearance only: the tape derives the equations of motion
 * from the energy.
 *
 * <p>Subclasses define H(t, q, p), the number of coordinates, the range of the initial states'
 * radius, and how bodies are drawn. The rest has defaults that can be overridden. A public subclass
 * with a public no-argument constructor can be filmed and trained on by its class name: {@code
 * --system my.own.Thing}, {@code data.system: my.own.Thing}. Objects must be immutable, since
 * threads share them.
 *
 * <p>Each evaluation records and differentiates the energy, which takes some microseconds per
 * operation. A system of which millions of films are needed may override {@link #derivatives} with
 * a closed form.
 */
public abstract class TapeSystem implements PhysicalSystem, Energy {
  private static final int COLOURS = 3;
  private final EnergyGradient gradient = new EnergyGradient(getClass().getName(), this);

  /** Nothing to set up. */
  protected TapeSystem() {}

  /** The class name, from which the system can be loaded. */
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

  /** Draws each pair (q_i, p_i) uniformly on a circle; all circles have the same radius. */
  @Override
  public double[] initialState(PhiloxRandom rng) {
    return InitialStates.pairsOnCircles(rng, minRadius(), maxRadius(), degreesOfFreedom());
  }

  /** True: a film is refused if a body leaves the picture. */
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
