package hgn.frames;

import hgn.physics.PhysicalSystem;

/**
 * Discs of the published radii with exact antialiasing: a pixel takes a disc's colour in proportion
 * to the area of the pixel that the disc covers, so the image moves continuously with q. Discs on
 * black cover one another in order, then the background is added and the sum clipped at 1. Unlike
 * the published recipe there is no blur and no shift: a body at the centre of the world is drawn at
 * the centre of the image.
 */
public final class SmoothRenderer implements Renderer {
  static final String NAME = "smooth";

  private final int resolution;
  private final float[] empty;

  /** A renderer of {@code resolution} x {@code resolution} frames. */
  public SmoothRenderer(int resolution) {
    this.resolution = Renderers.checkedResolution(resolution);
    this.empty = Palette.emptyFrame(resolution);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int resolution() {
    return resolution;
  }

  @Override
  public void draw(PhysicalSystem system, double[] q, float[] dst, int offset) {
    System.arraycopy(empty, 0, dst, offset, empty.length);
    int bodies = system.bodies();
    double[] xy = new double[2 * bodies];
    system.centres(q, xy);
    double[] light = bodies == 1 ? null : new double[empty.length];
    for (int b = 0; b < bodies; b++) {
      double x = Renderers.toPixels(xy[2 * b], system, resolution);
      double y = Renderers.toPixels(xy[2 * b + 1], system, resolution);
      paint(
          x, y, Renderers.radius(system, b, resolution), system.bodyColour(b), light, dst, offset);
    }
  }

  /**
   * Covers with one disc. {@code light} holds what is drawn so far, without background; null stands
   * for black.
   */
  private void paint(
      double x, double y, int radius, int colour, double[] light, float[] dst, int offset) {
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
        int pixel = (i * resolution + j) * Palette.CHANNELS;
        for (int c = 0; c < Palette.CHANNELS; c++) {
          double sum = covered * Palette.disc(colour, c);
          if (light != null) {
            sum += (1 - covered) * light[pixel + c];
            light[pixel + c] = sum;
          }
          dst[offset + pixel + c] = Palette.onBackground(c, sum);
        }
      }
    }
  }

  private int clamp(double edge) {
    return (int) Math.max(0, Math.min(resolution, Math.floor(edge)));
  }
}
