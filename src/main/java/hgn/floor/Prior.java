package hgn.floor;

import hgn.physics.PhysicalSystem;
import hgn.random.ChosenRandom;
import hgn.random.PhiloxRandom;
import hgn.random.Streams;

/**
 * The initial states of a system, as a function of points in the unit cube: a system says how
 * states are drawn and not with which density, but uniform points make states of that density, and
 * one can walk among the points.
 */
final class Prior {
  private static final double[] NONE = {};
  private final PhysicalSystem system;
  private final long seed;
  private final int dimensions;

  /** Finds out how many numbers the system draws by letting it draw {@code probes} states. */
  Prior(PhysicalSystem system, long seed, int probes) {
    this.system = system;
    this.seed = seed;
    int most = 0;
    for (int i = 0; i < probes; i++) {
      var rng = chosen(NONE, i);
      system.initialState(rng);
      most = Math.max(most, rng.used());
    }
    dimensions = most;
  }

  /** Numbers in a point. */
  int dimensions() {
    return dimensions;
  }

  /** A uniform point. */
  double[] point(PhiloxRandom rng) {
    double[] point = new double[dimensions];
    for (int i = 0; i < point.length; i++) {
      point[i] = rng.nextDouble();
    }
    return point;
  }

  /** The state that a point stands for. A state that draws yet more numbers has always the same. */
  double[] state(double[] point) {
    return system.initialState(chosen(point, 0));
  }

  private ChosenRandom chosen(double[] point, long stream) {
    return new ChosenRandom(point, seed, Streams.FLOOR.at(stream), Draws.REST.ordinal());
  }
}
