package hgn.physics;

import hgn.random.PhiloxRandom;

/**
 * A Hamiltonian system that can be filmed: dynamics, initial states, and the positions of its
 * bodies.
 *
 * <p>With n degrees of freedom, a state is an array s = (q_0..q_{n-1}, p_0..p_{n-1}) of 2n numbers,
 * where p are the canonical momenta. Units are those of the world: lengths in world units (the
 * image shows [-w, w] in x and y, y pointing down), time in seconds, angles in radians from the
 * downward vertical. Implementations are immutable and safe to share between threads.
 */
public interface PhysicalSystem {
  /** The name by which a configuration asks for the system. */
  String name();

  /** n, the number of coordinates q; a state has 2n entries. */
  int degreesOfFreedom();

  /**
   * Whether coordinate q_i is an angle, so that q_i and q_i + 2 pi are the same configuration.
   * Comparisons of true and learnt motions take this into account.
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
   * Whether the centre of every body must stay within [-w, w]; a film in which one does not is then
   * refused instead of drawn. False if bodies may escape.
   */
  default boolean staysInPicture() {
    return false;
  }

  /**
   * Returns the system with the Hamiltonian that the paper prints, including misprints, with the
   * same initial states and drawing; the system itself if the paper is correct.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be integrated; the message says
   *     why
   */
  default PhysicalSystem asPrinted() {
    throw new IllegalArgumentException(
        "[physics] "
            + name()
            + " has no printed form: it is not a system of the paper; leave as-printed off");
  }

  /**
   * Returns the system as in Table 1 of the paper: the same motion, but possibly different noise
   * and discs.
   */
  default PhysicalSystem asInTable1() {
    return this;
  }

  /** Radius of a body's disc in world units. */
  double bodyRadius(int body);

  /** Index of a body's colour in the renderer's palette. */
  int bodyColour(int body);
}
