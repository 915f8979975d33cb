package hgn.floor;

import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;
import hgn.random.PrimarySampleRandom;
import hgn.random.Streams;

/**
 * The prior over initial states as a map from the unit cube. A system can sample states but does
 * not give their density; uniform points map to states of that density, and a Markov chain can move
 * among the points.
 */
final class Prior {
  private static final double[] NONE = {};
  private final PhysicalSystem system;
  private final long seed;
  private final int dimensions;

  /** Finds how many random numbers the system draws by sampling {@code probes} states. */
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

  /** Dimension of a point. */
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

  /** The state of a point. Additional random numbers, if needed, are always the same. */
  double[] state(double[] point) {
    return system.initialState(chosen(point, 0));
  }

  private PrimarySampleRandom chosen(double[] point, long stream) {
    return new PrimarySampleRandom(point, seed, Streams.FLOOR.at(stream), Draws.REST.ordinal());
  }
}
