package hgn.floor.likelihood;

import hgn.frames.Renderer;
import hgn.physics.PhysicalSystem;

/**
 * What frames reveal about disc centres. A renderer that draws discs at whole pixels reveals the
 * pixel of a centre; other renderers reveal its exact position. Of a disc outside the picture, a
 * frame reveals only the edge beyond which it lies. (The edge is assumed to be known. Strictly, a
 * frame shows only that the disc is absent; the edge follows from the motion.)
 *
 * <p>A code represents the information about one coordinate of one centre. Occlusion between discs
 * is ignored.
 */
public final class Observation {
  /** The disc is beyond the left or upper edge. */
  static final int BEFORE = Integer.MIN_VALUE;

  /** The disc is beyond the right or lower edge. */
  static final int AFTER = Integer.MAX_VALUE;

  /** Unknown: the disc is beyond an edge in its other coordinate. */
  static final int UNTOLD = AFTER - 1;

  /** Layout of a scene, see {@link Renderer#describe}. */
  private static final int DISCS = 3;

  private static final int DISC = 6;
  private static final int RADIUS = 2;

  private final PhysicalSystem system;
  private final Renderer renderer;
  private final boolean whole;

  /** Determines from sample coordinates whether discs are drawn at whole pixels. */
  public Observation(PhysicalSystem system, Renderer renderer, Iterable<double[]> probes) {
    this.system = system;
    this.renderer = renderer;
    this.whole = areWhole(probes);
  }

  private boolean areWhole(Iterable<double[]> probes) {
    float[] scene = new float[renderer.sceneLength(system)];
    for (double[] q : probes) {
      renderer.describe(system, q, scene, 0);
      for (int k = 0; k < coordinates(); k++) {
        if (scene[place(k)] != Math.rint(scene[place(k)])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Index in a scene of coordinate {@code k} of (x_0, y_0, x_1, y_1, ...). */
  private static int place(int k) {
    return DISCS + k / 2 * DISC + k % 2;
  }

  PhysicalSystem system() {
    return system;
  }

  /** Whether frames reveal only the pixel of a centre. */
  boolean isWhole() {
    return whole;
  }

  /** Number of coordinates of all centres. */
  int coordinates() {
    return 2 * system.bodies();
  }

  /** World units per pixel. */
  double pixel() {
    return 2 * system.worldHalfWidth() / renderer.resolution();
  }

  /** The codes of all coordinates of all centres at {@code q}. */
  int[] codes(double[] q) {
    float[] scene = new float[renderer.sceneLength(system)];
    renderer.describe(system, q, scene, 0);
    int[] codes = new int[coordinates()];
    for (int k = 0; k < codes.length; k++) {
      float centre = scene[place(k)];
      float radius = scene[place(k - k % 2) + RADIUS];
      if (whole ? centre + radius < 0 : centre + radius <= 0) {
        codes[k] = BEFORE;
      } else if (centre - radius >= renderer.resolution()) {
        codes[k] = AFTER;
      } else {
        codes[k] = whole ? (int) centre : 0;
      }
    }
    return codes;
  }

  /** The codes that a frame at {@code q} reveals; some may be unknown. */
  int[] told(double[] q) {
    int[] codes = codes(q);
    for (int k = 0; k < codes.length; k += 2) {
      boolean x = isOutside(codes[k]);
      boolean y = isOutside(codes[k + 1]);
      if (x && !y) {
        codes[k + 1] = UNTOLD;
      } else if (y && !x) {
        codes[k] = UNTOLD;
      }
    }
    return codes;
  }

  static boolean isOutside(int code) {
    return code == BEFORE || code == AFTER;
  }

  /** Whether revealed codes of some coordinates agree with {@code codes}. */
  static boolean agrees(int[] told, int[] codes, int[] coordinates) {
    for (int k : coordinates) {
      if (told[k] != UNTOLD && told[k] != codes[k]) {
        return false;
      }
    }
    return true;
  }
}
