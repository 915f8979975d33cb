package hgn.evaluate;

/**
 * A hypothesis about a frame: position and sharpness of every body's disc; later discs cover
 * earlier ones.
 */
final class SceneHypothesis {
  private final DiscTemplate[] looks;
  private final int resolution;
  private final int[] x;
  private final int[] y;
  private final int[] sharpness;

  /** Places all discs in the upper left corner, at typical sharpness. */
  SceneHypothesis(DiscTemplate[] looks, int resolution) {
    this.looks = looks;
    this.resolution = resolution;
    x = new int[looks.length];
    y = new int[looks.length];
    sharpness = new int[looks.length];
    for (int b = 0; b < looks.length; b++) {
      sharpness[b] = looks[b].typical();
    }
  }

  int bodies() {
    return looks.length;
  }

  DiscTemplate look(int body) {
    return looks[body];
  }

  int resolution() {
    return resolution;
  }

  int x(int body) {
    return x[body];
  }

  int y(int body) {
    return y[body];
  }

  int sharpness(int body) {
    return sharpness[body];
  }

  /** Places a body, in subpixels. */
  void place(int body, int toX, int toY, int toSharpness) {
    x[body] = toX;
    y[body] = toY;
    sharpness[body] = toSharpness;
  }

  /** Sum of squares of the full disc's light, without occlusion or clipping. */
  double energy(int body) {
    return looks[body].energy(sharpness[body]);
  }

  /** The window of a body's disc, plus {@code more} pixels on each side. */
  Window window(int body, int more) {
    int reach = looks[body].reach() + more;
    int column = Math.floorDiv(x[body], DiscTemplate.FINE);
    int row = Math.floorDiv(y[body], DiscTemplate.FINE);
    return new Window(
        Math.max(0, column - reach),
        Math.max(0, row - reach),
        Math.min(resolution, column + reach + 1),
        Math.min(resolution, row + reach + 1));
  }

  /** A part of the picture; right and bottom are exclusive. */
  record Window(int left, int top, int right, int bottom) {
    boolean meets(Window other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    private Window within(Window other) {
      return new Window(
          Math.max(left, other.left),
          Math.max(top, other.top),
          Math.min(right, other.right),
          Math.min(bottom, other.bottom));
    }
  }

  Window everything() {
    return new Window(0, 0, resolution, resolution);
  }

  /** Sum of squared differences between a frame's light and this scene, within a window. */
  double error(float[] light, Window window, float[] scratch) {
    subtract(light, window, scratch);
    double sum = 0;
    for (int i = window.top; i < window.bottom; i++) {
      int from = (i * resolution + window.left) * DiscTemplate.COLOURS;
      int to = (i * resolution + window.right) * DiscTemplate.COLOURS;
      for (int k = from; k < to; k++) {
        sum += scratch[k] * scratch[k];
      }
    }
    return sum;
  }

  /** Writes the residual of a frame's light within a window to {@code rest}. */
  void subtract(float[] light, Window window, float[] rest) {
    for (int i = window.top; i < window.bottom; i++) {
      int from = (i * resolution + window.left) * DiscTemplate.COLOURS;
      int to = (i * resolution + window.right) * DiscTemplate.COLOURS;
      for (int k = from; k < to; k++) {
        rest[k] = 0;
      }
    }
    for (int b = 0; b < looks.length; b++) {
      paint(b, window.within(window(b, 0)), rest);
    }
    for (int i = window.top; i < window.bottom; i++) {
      int from = (i * resolution + window.left) * DiscTemplate.COLOURS;
      int to = (i * resolution + window.right) * DiscTemplate.COLOURS;
      for (int k = from; k < to; k++) {
        rest[k] = light[k] - rest[k];
      }
    }
  }

  private void paint(int body, Window window, float[] canvas) {
    float[] light = looks[body].light(sharpness[body], x[body], y[body]);
    float[] cover = looks[body].cover(sharpness[body], x[body], y[body]);
    for (int i = window.top; i < window.bottom; i++) {
      int source = source(body, i, window.left);
      int pixel = i * resolution + window.left;
      for (int j = window.left; j < window.right; j++, source++, pixel++) {
        float through = 1 - cover[source];
        for (int c = 0; c < DiscTemplate.COLOURS; c++) {
          int to = pixel * DiscTemplate.COLOURS + c;
          canvas[to] = through * canvas[to] + light[source * DiscTemplate.COLOURS + c];
        }
      }
    }
  }

  /** Index in a body's template of the picture's pixel (row, column). */
  private int source(int body, int row, int column) {
    DiscTemplate look = looks[body];
    int i = row - Math.floorDiv(y[body], DiscTemplate.FINE) + look.reach();
    int j = column - Math.floorDiv(x[body], DiscTemplate.FINE) + look.reach();
    return i * look.side() + j;
  }

  /** The fraction of a body's disc within the picture and not occluded. */
  double visible(int body) {
    Window window = window(body, 0);
    boolean whole =
        window.right - window.left == looks[body].side()
            && window.bottom - window.top == looks[body].side();
    for (int b = body + 1; b < looks.length; b++) {
      whole &= !window.meets(window(b, 0));
    }
    return whole ? 1 : visible(body, window) / looks[body].area();
  }

  private double visible(int body, Window window) {
    float[] cover = looks[body].cover(sharpness[body], x[body], y[body]);
    double sum = 0;
    for (int i = window.top; i < window.bottom; i++) {
      for (int j = window.left; j < window.right; j++) {
        double seen = cover[source(body, i, j)];
        for (int b = body + 1; b < looks.length && seen > 0; b++) {
          seen *= 1 - coverAt(b, i, j);
        }
        sum += seen;
      }
    }
    return sum;
  }

  private double coverAt(int body, int row, int column) {
    Window window = window(body, 0);
    return row >= window.top
            && row < window.bottom
            && column >= window.left
            && column < window.right
        ? looks[body].cover(sharpness[body], x[body], y[body])[source(body, row, column)]
        : 0;
  }
}
