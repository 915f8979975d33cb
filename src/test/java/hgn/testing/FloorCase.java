package hgn.testing;

import hgn.floor.Clip;
import hgn.floor.FloorMeasurement;
import hgn.floor.FloorReport;
import hgn.floor.FloorSettings;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import java.util.ArrayList;
import java.util.List;

/** Settings small enough for tests. */
public final class FloorCase {
  public static final int PARTICLES = 128;
  public static final double DT = 0.125;
  private static final int RESOLUTION = 32;
  private static final long SEED = 5;

  private FloorCase() {}

  public static FloorSettings of(
      PhysicalSystem system, String renderer, double sigma, Clip clip, int films) {
    return new FloorSettings(
        rollouts(system, renderer, clip.rolloutFrames()), clip, sigma, films, PARTICLES, SEED);
  }

  public static RolloutGenerator rollouts(PhysicalSystem system, String renderer, int frames) {
    return new RolloutGenerator(
        system, Renderers.byName(renderer, RESOLUTION), frames, DT, SEED, Split.TEST);
  }

  public static FloorReport measure(FloorSettings settings) {
    return new FloorMeasurement(settings).measure(2, done -> {});
  }

  /** Coordinates of a few rollouts. */
  public static List<double[]> coordinates(RolloutGenerator rollouts, int count) {
    List<double[]> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var path = rollouts.path(i);
      for (int t = 0; t < path.frames(); t++) {
        double[] q = new double[path.degreesOfFreedom()];
        path.readQ(t, q);
        found.add(q);
      }
    }
    return found;
  }
}
