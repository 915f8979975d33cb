package hgn.testing;

import hgn.frames.Renderer;
import hgn.frames.RolloutGenerator;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;
import java.util.Arrays;

/** Frames that show a system's discs, as drawn or averaged over the noise, and some that do not. */
public final class Counterfeits {
  private static final int BACKGROUND = 3;
  private static final int DISC = 6;
  private static final int RADIUS = 2;
  private static final int SMEAR = 13;

  /** What is wrong with a frame; all but the first and the last concern one body. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** It has half its light. */
    FADED,
    /** It has half its light at its position and half three radii away. */
    HALVES,
    /** It is missing. */
    MISSING,
    /** It is drawn twice. */
    EXTRA,
    /** It is red and should be yellow, or yellow and should be red or green. */
    COLOUR,
    /** It is smeared over a distance of three radii. */
    SMEARED,
    /** The frame is the mean of all frames of the data. */
    MEAN_FRAME
  }

  private final RolloutGenerator rollouts;
  private final PhysicalSystem system;
  private final Renderer renderer;
  private final double noise;
  private float[] meanFrame;

  /** Creates counterfeits of these rollouts. */
  public Counterfeits(RolloutGenerator rollouts) {
    this.rollouts = rollouts;
    system = rollouts.system();
    noise = system.noise();
    renderer = rollouts.renderer();
  }

  /**
   * Returns frame {@code t} of a rollout, averaged over {@code draws} draws of the noise.
   *
   * @param n selects the rollout and the random choices of the counterfeit
   */
  public float[] frame(Kind kind, int n, int t, int draws) {
    if (kind == Kind.MEAN_FRAME) {
      return meanFrame();
    }
    PhasePath path = rollouts.path(n);
    PhiloxRandom rng = new PhiloxRandom(77, n * 64L + t, 3);
    int body = (int) (rng.nextDouble() * system.bodies());
    double angle = rng.uniform(0, 2 * Math.PI);
    double[] q = new double[system.degreesOfFreedom()];
    float[] sum = new float[renderer.frameLength()];
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < q.length; i++) {
        q[i] = path.q(t, i) + noise * rng.nextGaussian();
      }
      float[] scene = new float[renderer.sceneLength(system)];
      renderer.describe(system, q, scene, 0);
      add(spoilt(kind, scene, body, angle), sum, 1f / draws);
    }
    return sum;
  }

  private float[] spoilt(Kind kind, float[] scene, int body, double angle) {
    int at = BACKGROUND + body * DISC;
    float away = 3 * scene[at + RADIUS];
    return switch (kind) {
      case FADED -> mean(drawn(scene), drawn(without(scene, at)));
      case HALVES -> mean(drawn(scene), drawn(elsewhere(scene, at, away)));
      case MISSING -> drawn(without(scene, at));
      case EXTRA -> drawn(with(scene, elsewhere(scene, at, away), at));
      case COLOUR -> drawn(recoloured(scene, at));
      case SMEARED -> smeared(scene, at, away, angle);
      default -> drawn(scene);
    };
  }

  private float[] drawn(float[] scene) {
    float[] frame = new float[renderer.frameLength()];
    renderer.draw(scene, frame, 0);
    return frame;
  }

  private static float[] mean(float[] a, float[] b) {
    float[] mean = new float[a.length];
    add(a, mean, 0.5f);
    add(b, mean, 0.5f);
    return mean;
  }

  private static void add(float[] frame, float[] sum, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * frame[i];
    }
  }

  private static float[] without(float[] scene, int at) {
    float[] rest = Arrays.copyOf(scene, scene.length - DISC);
    System.arraycopy(scene, at + DISC, rest, at, scene.length - at - DISC);
    return rest;
  }

  private static float[] with(float[] scene, float[] other, int at) {
    float[] more = Arrays.copyOf(scene, scene.length + DISC);
    System.arraycopy(other, at, more, scene.length, DISC);
    return more;
  }

  /** Moves one disc to where it covers no other. */
  private float[] elsewhere(float[] scene, int at, float away) {
    float[] best = null;
    double furthest = 0;
    for (int k = 0; k < 16; k++) {
      float[] moved = moved(scene, at, away, Math.PI * k / 8);
      double least = away;
      for (int axis = 0; axis < 2; axis++) {
        double inside = Math.min(moved[at + axis], renderer.resolution() - moved[at + axis]);
        least = Math.min(least, inside);
      }
      for (int other = BACKGROUND; other < scene.length; other += DISC) {
        if (other != at) {
          least =
              Math.min(
                  least, Math.hypot(moved[at] - scene[other], moved[at + 1] - scene[other + 1]));
        }
      }
      if (best == null || least > furthest) {
        best = moved;
        furthest = least;
      }
    }
    return best;
  }

  private static float[] moved(float[] scene, int at, double away, double angle) {
    float[] moved = scene.clone();
    moved[at] += (float) (away * Math.cos(angle));
    moved[at + 1] += (float) (away * Math.sin(angle));
    return moved;
  }

  /** Yellow for red or green, red for yellow. */
  private static float[] recoloured(float[] scene, int at) {
    float[] other = scene.clone();
    int red = at + RADIUS + 1;
    if (scene[red] > 0 && scene[red + 1] > 0) {
      other[red + 1] = 0;
    } else {
      other[red] = scene[red] + scene[red + 1];
      other[red + 1] = other[red];
    }
    return other;
  }

  private float[] smeared(float[] scene, int at, float length, double angle) {
    float[] sum = new float[renderer.frameLength()];
    for (int k = 0; k < SMEAR; k++) {
      double away = length * (k / (SMEAR - 1.0) - 0.5);
      add(drawn(moved(scene, at, away, angle)), sum, 1f / SMEAR);
    }
    return sum;
  }

  private float[] meanFrame() {
    if (meanFrame == null) {
      meanFrame = new float[renderer.frameLength()];
      float[] film = new float[rollouts.rolloutLength()];
      int films = 300;
      for (int n = 0; n < films; n++) {
        rollouts.render(n, film, 0);
        for (int i = 0; i < film.length; i++) {
          meanFrame[i % meanFrame.length] += film[i] / (films * rollouts.frames());
        }
      }
    }
    return meanFrame;
  }
}
