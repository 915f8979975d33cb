package hgn.evaluate;

/**
 * Finds the positions and sharpness of all discs that fit a frame best, by least squares.
 *
 * <p>The start is matching pursuit (Mallat and Zhang 1993): each disc is placed where it reduces
 * the residual most, the disc with the largest gain first. (A yellow disc is the sum of a red and a
 * green one and would otherwise be explained by these.) Then discs move one at a time by decreasing
 * steps while the error falls, with occlusion. A disc with less than {@link #VISIBLE} visible costs
 * as much as one drawn where there is none; otherwise a missing disc could hide behind another.
 */
final class DiscSearch {
  /** Minimum visible fraction of a disc. */
  static final double VISIBLE = 2 / 3.0;

  /** Steps in subpixels. */
  private static final int[] STEPS = {4, 2, 1};

  private static final int MAX_ROUNDS = 12;

  private final DiscTemplate[] looks;
  private final int resolution;
  private final float[] light;
  private final float[] scratch;

  /**
   * Creates a search in one frame.
   *
   * @param light frame minus background, (height, width, 3)
   */
  DiscSearch(DiscTemplate[] looks, int resolution, float[] light) {
    this.looks = looks;
    this.resolution = resolution;
    this.light = light;
    scratch = new float[light.length];
  }

  /** The best scene, starting with the disc of the largest gain. */
  SceneHypothesis find() {
    return find(-1);
  }

  /** The best scene, starting with body {@code first}; -1 starts with the largest gain. */
  SceneHypothesis find(int first) {
    SceneHypothesis scene = new SceneHypothesis(looks, resolution);
    begin(scene, first);
    for (int step : STEPS) {
      boolean better = true;
      for (int round = 0; better && round < MAX_ROUNDS; round++) {
        better = false;
        for (int b = 0; b < looks.length; b++) {
          better |= improve(scene, b, step);
        }
      }
    }
    return scene;
  }

  private void begin(SceneHypothesis scene, int first) {
    float[] rest = light.clone();
    boolean[] placed = new boolean[looks.length];
    for (int k = 0; k < looks.length; k++) {
      DiscMatch best = null;
      int body = -1;
      for (int b = 0; b < looks.length; b++) {
        if (!placed[b] && (k > 0 || first < 0 || first == b)) {
          DiscMatch match = DiscMatch.best(looks[b], rest, resolution);
          if (best == null || match.gain() > best.gain()) {
            best = match;
            body = b;
          }
        }
      }
      placed[body] = true;
      int middle = DiscTemplate.FINE / 2;
      scene.place(
          body,
          best.column() * DiscTemplate.FINE + middle,
          best.row() * DiscTemplate.FINE + middle,
          looks[body].typical());
      best.subtract(looks[body], rest, resolution);
    }
  }

  /** Moves one body to the best neighbouring position and returns whether the cost fell. */
  private boolean improve(SceneHypothesis scene, int body, int step) {
    int x = scene.x(body);
    int y = scene.y(body);
    int sharpness = scene.sharpness(body);
    SceneHypothesis.Window window = scene.window(body, 1);
    double best = cost(scene, window);
    int bestX = x;
    int bestY = y;
    int bestSharpness = sharpness;
    for (int s = 0; s < looks[body].sharpnesses(); s++) {
      scene.place(body, x, y, s);
      double cost = cost(scene, window);
      if (cost < best) {
        best = cost;
        bestSharpness = s;
      }
    }
    for (int dy = -step; dy <= step; dy += step) {
      for (int dx = -step; dx <= step; dx += step) {
        scene.place(body, x + dx, y + dy, bestSharpness);
        double cost = cost(scene, window);
        if (cost < best) {
          best = cost;
          bestX = x + dx;
          bestY = y + dy;
        }
      }
    }
    scene.place(body, bestX, bestY, bestSharpness);
    return bestX != x || bestY != y || bestSharpness != sharpness;
  }

  private double cost(SceneHypothesis scene, SceneHypothesis.Window window) {
    double cost = scene.error(light, window, scratch);
    for (int b = 0; b < looks.length; b++) {
      double hidden = Math.max(0, VISIBLE - scene.visible(b)) / VISIBLE;
      cost += hidden * scene.energy(b);
    }
    return cost;
  }
}
