package hgn.evaluate;

import hgn.frames.Renderer;
import hgn.physics.PhysicalSystem;
import java.util.Locale;

/**
 * The physical energy of the motion in a film, for systems with one body and one coordinate.
 *
 * <p>The disc's centre is the mean position of pixels that differ from the background; q is the
 * coordinate whose centre is nearest to it, and dq/dt the slope of a least-squares parabola through
 * five frames (Savitzky and Golay 1964). p follows from dq/dt by Hamilton's equations, and H from
 * both. No learnt quantity is used, so models without an energy can be measured too.
 */
final class FilmEnergy {
  private static final int COLOURS = 3;
  private static final int REACH = 2;

  /** Candidates for q, much finer than a pixel. */
  private static final int CANDIDATES = 4001;

  /** Every n-th candidate is rendered to measure the offset of the drawn disc. */
  private static final int DRAWN_EVERY = 10;

  /** If the ends of the range are this close, q is an angle. */
  private static final double CLOSE = 1e-9;

  private final double bound;
  private final boolean closes;
  private final PhysicalSystem system;
  private final int resolution;
  private final double[] background = new double[COLOURS];
  private final double[] candidates = new double[CANDIDATES];
  private final double[][] places = new double[CANDIDATES][2];

  /**
   * Measures films of this system.
   *
   * @param renderer renderer of the films or of the training data
   * @throws IllegalArgumentException if the system has more than one body or coordinate
   */
  FilmEnergy(PhysicalSystem system, Renderer renderer) {
    if (!measures(system)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[film energy] %s has %d bodies and %d coordinates; one of each can be read off a film",
              system.name(),
              system.bodies(),
              system.degreesOfFreedom()));
    }
    this.system = system;
    this.resolution = renderer.resolution();
    float[] scene = new float[renderer.sceneLength(system)];
    renderer.describe(system, new double[1], scene, 0);
    for (int c = 0; c < COLOURS; c++) {
      background[c] = scene[c] / 255.0;
    }
    bound = Math.max(Math.PI, system.worldHalfWidth());
    for (int i = 0; i < CANDIDATES; i++) {
      candidates[i] = bound * (2.0 * i / (CANDIDATES - 1) - 1);
      system.centres(new double[] {candidates[i]}, places[i]);
    }
    closes = distance(places[0], places[CANDIDATES - 1]) < CLOSE;
    shift(renderer);
  }

  /** Corrects the positions by the renderer's mean offset of a disc from its centre. */
  private void shift(Renderer renderer) {
    float[] frame = new float[renderer.frameLength()];
    double inside = system.worldHalfWidth() - 2 * system.bodyRadius(0);
    double[] sum = new double[2];
    int drawn = 0;
    for (int i = 0; i < CANDIDATES; i += DRAWN_EVERY) {
      if (Math.max(Math.abs(places[i][0]), Math.abs(places[i][1])) < inside) {
        renderer.draw(system, new double[] {candidates[i]}, frame, 0);
        double[] centre = centre(frame, 0);
        sum[0] += centre[0] - places[i][0];
        sum[1] += centre[1] - places[i][1];
        drawn++;
      }
    }
    for (double[] place : places) {
      place[0] += sum[0] / drawn;
      place[1] += sum[1] / drawn;
    }
  }

  /** Whether films of this system can be measured. */
  static boolean measures(PhysicalSystem system) {
    return system.bodies() == 1 && system.degreesOfFreedom() == 1;
  }

  /**
   * H at each frame except the first two and the last two.
   *
   * @param film (frames, height, width, 3)
   * @param dt time between frames
   * @throws IllegalArgumentException if it has fewer than five frames
   */
  double[] of(float[] film, double dt) {
    int frames = film.length / (resolution * resolution * COLOURS);
    if (frames < 2 * REACH + 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[film energy] a film of %d frames; a rate takes %d",
              frames,
              2 * REACH + 1));
    }
    double[] q = new double[frames];
    for (int t = 0; t < frames; t++) {
      q[t] = coordinate(film, t);
      if (t > 0 && closes) {
        q[t] += 2 * bound * Math.rint((q[t - 1] - q[t]) / (2 * bound)); // unwrap
      }
    }
    double[] energies = new double[frames - 2 * REACH];
    for (int t = REACH; t < frames - REACH; t++) {
      energies[t - REACH] = energy(q, t, dt);
    }
    return energies;
  }

  private double energy(double[] q, int t, double dt) {
    double value = 0;
    double slope = 0;
    for (int i = -REACH; i <= REACH; i++) {
      value += (17 - 5 * i * i) / 35.0 * q[t + i];
      slope += i / 10.0 * q[t + i] / dt;
    }
    double still = rate(value, 0);
    double p = (slope - still) / (rate(value, 1) - still); // dH/dp is linear in p
    return system.hamiltonian(0, new double[] {value, p});
  }

  private double rate(double q, double p) {
    double[] rates = new double[2];
    system.derivatives(0, new double[] {q, p}, rates);
    return rates[0];
  }

  /** Returns the candidate nearest to the disc. */
  private double coordinate(float[] film, int frame) {
    double[] centre = centre(film, frame);
    int best = 0;
    for (int i = 1; i < CANDIDATES; i++) {
      if (distance(places[i], centre) < distance(places[best], centre)) {
        best = i;
      }
    }
    return candidates[best];
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  /** Position of the disc in world units. */
  private double[] centre(float[] film, int frame) {
    double weights = 0;
    double[] sum = new double[2];
    int at = frame * resolution * resolution * COLOURS;
    for (int row = 0; row < resolution; row++) {
      for (int column = 0; column < resolution; column++) {
        double weight = 0;
        for (int c = 0; c < COLOURS; c++) {
          weight += Math.max(0, film[at++] - background[c]);
        }
        weight *= weight; // suppresses the many small errors of a learnt background
        weights += weight;
        sum[0] += weight * (column + 0.5);
        sum[1] += weight * (row + 0.5);
      }
    }
    double scale = 2 * system.worldHalfWidth() / resolution;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = weights == 0 ? 0 : sum[i] / weights * scale - system.worldHalfWidth();
    }
    return sum;
  }
}
