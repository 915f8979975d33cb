package hgn.evaluate;

import hgn.frames.Renderer;
import hgn.physics.PhysicalSystem;

/**
 * The physical energy of what a film shows, of a system with one body and one coordinate.
 *
 * <p>The disc's centre is the mean place of what differs from the background; q is the coordinate
 * whose centre is nearest to it, and its rate the slope of a parabola through five frames by least
 * squares (Savitzky and Golay 1964). p is then what gives that rate by Hamilton's equations, and H
 * follows. Nothing learnt is asked, so that a model without an energy can be measured as well.
 */
final class FilmEnergy {
  private static final int COLOURS = 3;
  private static final int REACH = 2;

  /** Candidates of q, fine against a pixel. */
  private static final int CANDIDATES = 4001;

  /** Every so many of them is drawn to see where the renderer puts a disc. */
  private static final int DRAWN_EVERY = 10;

  /** Ends of the range that lie so near to one another are one place, and q an angle. */
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
   * @param renderer that drew the films, or those that a model learnt from
   * @throws IllegalArgumentException if the system has more than one body or coordinate
   */
  FilmEnergy(PhysicalSystem system, Renderer renderer) {
    if (!measures(system)) {
      throw new IllegalArgumentException(
          "[film energy] %s has %d bodies and %d coordinates; one of each can be read off a film"
              .formatted(system.name(), system.bodies(), system.degreesOfFreedom()));
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

  /** Moves the places by how far, on average, the renderer draws a disc from its centre. */
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
   * H at each frame but the first and the last two.
   *
   * @param film (frames, height, width, 3)
   * @param dt time between frames
   * @throws IllegalArgumentException if it has fewer than five frames
   */
  double[] of(float[] film, double dt) {
    int frames = film.length / (resolution * resolution * COLOURS);
    if (frames < 2 * REACH + 1) {
      throw new IllegalArgumentException(
          "[film energy] a film of %d frames; a rate takes %d".formatted(frames, 2 * REACH + 1));
    }
    double[] q = new double[frames];
    for (int t = 0; t < frames; t++) {
      q[t] = coordinate(film, t);
      if (t > 0 && closes) {
        q[t] += 2 * bound * Math.rint((q[t - 1] - q[t]) / (2 * bound)); // over the top
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

  /** The candidate nearest to the disc. */
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

  /** Where the disc is, in world units. */
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
        weight *= weight; // a learnt background's small errors, which are many, hardly count
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
