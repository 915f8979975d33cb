package hgn.frames;

/**
 * Discs of the published radii with exact antialiasing: a pixel takes a disc's colour in proportion
 * to the area of the pixel that the disc covers, so the image moves continuously with q. Discs are
 * drawn on black in order, then the background is added and the sum clipped at 1. Unlike the
 * published recipe there is no blur and no shift: a body at the centre of the world is drawn at the
 * centre of the image.
 */
public final class SmoothRenderer extends DiscRenderer {
  static final String NAME = "smooth";

  /** A renderer of {@code resolution} x {@code resolution} frames. */
  public SmoothRenderer(int resolution) {
    super(resolution, Palette.PUBLISHED);
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Returns the coordinate itself, rounded to a scene's float: at 32 pixels by at most a millionth
   * of a pixel.
   */
  @Override
  float drawnAt(double pixels) {
    return (float) pixels;
  }

  @Override
  public void draw(float[] scene, float[] dst, int offset) {
    clear(scene, dst, offset);
    double[] light = scene.length == Scene.length(1) ? null : new double[frameLength()];
    for (int disc = Scene.DISCS; disc < scene.length; disc += Scene.DISC) {
      paint(scene, disc, light, dst, offset);
    }
  }

  /** Draws one disc. {@code light} is the picture so far without background; null means black. */
  private void paint(float[] scene, int disc, double[] light, float[] dst, int offset) {
    double x = scene[disc + Scene.X];
    double y = scene[disc + Scene.Y];
    double radius = scene[disc + Scene.RADIUS];
    int left = clamp(x - radius);
    int right = clamp(x + radius + 1);
    int top = clamp(y - radius);
    int bottom = clamp(y + radius + 1);
    if (left == right || top == bottom) {
      return;
    }
    var columns = new DiscCoverage.Edges(x, radius, left, right);
    var rows = new DiscCoverage.Edges(y, radius, top, bottom);
    for (int i = top; i < bottom; i++) {
      for (int j = left; j < right; j++) {
        double covered = DiscCoverage.of(columns, j - left, rows, i - top);
        int pixel = (i * resolution() + j) * Palette.CHANNELS;
        for (int c = 0; c < Palette.CHANNELS; c++) {
          double sum = covered * scene[disc + Scene.COLOUR + c];
          if (light != null) {
            sum += (1 - covered) * light[pixel + c];
            light[pixel + c] = sum;
          }
          dst[offset + pixel + c] = Palette.fraction(scene[c] + sum);
        }
      }
    }
  }

  private int clamp(double edge) {
    return (int) Math.max(0, Math.min(resolution(), Math.floor(edge)));
  }
}
