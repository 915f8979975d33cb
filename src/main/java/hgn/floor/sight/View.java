package hgn.floor.sight;

import hgn.frames.Renderer;
import hgn.physics.PhysicalSystem;

/**
 * What frames tell of the centres of their discs. A renderer that puts discs at whole pixels tells
 * in which pixel a centre lies, another one where it lies; of a disc outside the picture a frame
 * tells no more than beyond which edge it is. (That edge is taken to be known. Strictly a frame
 * tells only that the disc is not there; which edge it left by follows from the motion.)
 *
 * <p>A code stands for what is told of one coordinate of one centre. Discs that cover one another
 * are taken to be seen all the same.
 */
public final class View {
  /** The disc is beyond the left or upper edge. */
  static final int BEFORE = Integer.MIN_VALUE;

  /** The disc is beyond the right or lower edge. */
  static final int AFTER = Integer.MAX_VALUE;

  /** Nothing is told: the disc is beyond an edge in its other coordinate. */
  static final int UNTOLD = AFTER - 1;

  /** Layout of a scene as {@link Renderer#describe} has it. */
  private static final int DISCS = 3;

  private static final int DISC = 6;
  private static final int RADIUS = 2;

  private final PhysicalSystem system;
  private final Renderer renderer;
  private final boolean whole;

  /** Decides by these coordinates whether discs are put at whole pixels. */
  public View(PhysicalSystem system, Renderer renderer, Iterable<double[]> probes) {
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

  /** Where a scene has coordinate {@code k} of (x_0, y_0, x_1, y_1, ...). */
  private static int place(int k) {
    return DISCS + k / 2 * DISC + k % 2;
  }

  PhysicalSystem system() {
    return system;
  }

  /** Whether frames tell the pixel in which a centre lies and no more. */
  boolean isWhole() {
    return whole;
  }

  /** Coordinates of all centres. */
  int coordinates() {
    return 2 * system.bodies();
  }

  /** World units in a pixel. */
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

  /** What a frame tells that shows the system at {@code q}: its codes, some of them untold. */
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

  /** Whether what is told of some of the coordinates agrees with codes. */
  static boolean agrees(int[] told, int[] codes, int[] coordinates) {
    for (int k : coordinates) {
      if (told[k] != UNTOLD && told[k] != codes[k]) {
        return false;
      }
    }
    return true;
  }
}
