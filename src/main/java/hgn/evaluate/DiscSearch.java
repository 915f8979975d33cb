package hgn.evaluate;

/**
 * Finds the places and sharpnesses of all discs that explain a frame best, by least squares.
 *
 * <p>First each disc goes where it takes away most of what the others have left (matching pursuit,
 * Mallat and Zhang 1993), the one that takes most going first: a yellow disc is the sum of a red
 * and a green one, and so takes what neither of them would. From there one disc after the other
 * moves by shorter and shorter steps as long as that helps, all being drawn over one another. A
 * disc of which less than {@link #VISIBLE} is to be seen costs as much as one that is drawn where
 * there is none, or else a missing one could hide behind another.
 */
final class DiscSearch {
  /** Part of a disc that must be seen. */
  static final double VISIBLE = 2 / 3.0;

  /** Steps in parts of a pixel. */
  private static final int[] STEPS = {4, 2, 1};

  private static final int MOST_ROUNDS = 12;

  private final DiscLook[] looks;
  private final int resolution;
  private final float[] light;
  private final float[] scratch;

  /**
   * A search in one frame.
   *
   * @param light what the frame has more than the background, (height, width, 3)
   */
  DiscSearch(DiscLook[] looks, int resolution, float[] light) {
    this.looks = looks;
    this.resolution = resolution;
    this.light = light;
    scratch = new float[light.length];
  }

  /** The best scene from a start where the disc of the greatest gain goes first. */
  DiscScene find() {
    return find(-1);
  }

  /** The best scene from a start where this body goes first; -1: the one of the greatest gain. */
  DiscScene find(int first) {
    DiscScene scene = new DiscScene(looks, resolution);
    begin(scene, first);
    for (int step : STEPS) {
      boolean better = true;
      for (int round = 0; better && round < MOST_ROUNDS; round++) {
        better = false;
        for (int b = 0; b < looks.length; b++) {
          better |= improve(scene, b, step);
        }
      }
    }
    return scene;
  }

  private void begin(DiscScene scene, int first) {
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
      int middle = DiscLook.FINE / 2;
      scene.place(
          body,
          best.column() * DiscLook.FINE + middle,
          best.row() * DiscLook.FINE + middle,
          looks[body].typical());
      best.subtract(looks[body], rest, resolution);
    }
  }

  /** Moves one body to the best of its neighbouring places; whether that is a better one. */
  private boolean improve(DiscScene scene, int body, int step) {
    int x = scene.x(body);
    int y = scene.y(body);
    int sharpness = scene.sharpness(body);
    DiscScene.Window window = scene.window(body, 1);
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

  private double cost(DiscScene scene, DiscScene.Window window) {
    double cost = scene.error(light, window, scratch);
    for (int b = 0; b < looks.length; b++) {
      double hidden = Math.max(0, VISIBLE - scene.visible(b)) / VISIBLE;
      cost += hidden * scene.energy(b);
    }
    return cost;
  }
}
