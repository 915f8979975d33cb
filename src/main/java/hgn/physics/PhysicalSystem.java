package hgn.physics;

import hgn.random.PhiloxRandom;

/**
 * A Hamiltonian system that can be filmed: dynamics, initial states, and where its bodies stand.
 *
 * <p>With n degrees of freedom a state is one array s = (q_0..q_{n-1}, p_0..p_{n-1}) of 2n numbers,
 * p the canonical momenta. Units are those of the world: lengths in world units (the image shows
 * [-w, w] in x and y, y pointing down), time in seconds, angles in radians from the downward
 * vertical. Implementations are immutable and safe to share between threads.
 */
public interface PhysicalSystem {
  /** The name by which a configuration asks for the system. */
  String name();

  /** n, the number of coordinates q; a state has 2n entries. */
  int degreesOfFreedom();

  /**
   * Whether coordinate q_i is an angle, so that it and it plus 2 pi are one configuration. True
   * motions that are compared with learnt ones are then compared as such.
   */
  default boolean isAngle(int coordinate) {
    return false;
  }

  /**
   * H(t, q, p) of the state {@code s}; {@code t} matters only where H depends on time.
   *
   * @throws MotionException if H cannot be computed there
   */
  double hamiltonian(double t, double[] s);

  /** H(0, q, p). */
  default double hamiltonian(double[] q, double[] p) {
    double[] s = new double[q.length + p.length];
    System.arraycopy(q, 0, s, 0, q.length);
    System.arraycopy(p, 0, s, q.length, p.length);
    return hamiltonian(0, s);
  }

  /**
   * Hamilton's equations: writes (dH/dp, -dH/dq) at (t, s) to {@code dsdt}; both arrays have 2n
   * entries.
   *
   * @throws MotionException if they cannot be computed there
   */
  void derivatives(double t, double[] s, double[] dsdt);

  /**
   * Standard deviation of the Gaussian noise added to every coordinate of a state before it is
   * drawn.
   */
  double noise();

  /** Lower end of the range from which the radius of the initial state is drawn. */
  double minRadius();

  /** Upper end of the range from which the radius of the initial state is drawn. */
  double maxRadius();

  /** A random initial state; takes all its randomness from {@code rng}. */
  double[] initialState(PhiloxRandom rng);

  /** w: the image shows the square [-w, w] x [-w, w]. */
  double worldHalfWidth();

  /** How many discs are drawn. */
  int bodies();

  /**
   * Writes the centres (x_0, y_0, x_1, y_1, ...) of the bodies at coordinates {@code q} to {@code
   * xy}.
   */
  void centres(double[] q, double[] xy);

  /**
   * Whether the centre of every body always stays within [-w, w]; a film in which one does not is
   * then refused instead of drawn. False where a body may rightly escape.
   */
  default boolean staysInPicture() {
    return false;
  }

  /**
   * The system with the Hamiltonian that the paper prints, misprints included, initial states and
   * drawing being the same; where the paper is right, the system itself.
   *
   * @throws IllegalArgumentException if there is none, or none that moves; the message says why
   */
  default PhysicalSystem asPrinted() {
    throw new IllegalArgumentException(
        "[physics] "
            + name()
            + " has no printed form: it is not of the paper; leave as-printed off");
  }

  /**
   * The system as it was when Table 1 of the paper was measured: the same motion, but noise and
   * discs may be others.
   */
  default PhysicalSystem asInTable1() {
    return this;
  }

  /** Radius of a body's disc in world units. */
  double bodyRadius(int body);

  /** Index of a body's colour in the renderer's palette. */
  int bodyColour(int body);
}
