package hgn.frames;

import hgn.physics.PhysicalSystem;

/** What the renderers share: the scene of a system, and the empty frame on which they draw. */
abstract class DiscRenderer implements Renderer {
  private final int resolution;

  DiscRenderer(int resolution) {
    if (resolution < 8 || resolution > 4096) {
      throw new IllegalArgumentException(
          "[frames] resolution: " + resolution + " is outside 8..4096 pixels");
    }
    this.resolution = resolution;
  }

  @Override
  public final int resolution() {
    return resolution;
  }

  /** The coordinate at which a disc is drawn whose true one is {@code pixels}. */
  abstract float drawnAt(double pixels);

  @Override
  public final void describe(PhysicalSystem system, double[] q, float[] dst, int offset) {
    double[] xy = new double[2 * system.bodies()];
    system.centres(q, xy);
    for (int c = 0; c < Palette.CHANNELS; c++) {
      dst[offset + c] = Palette.background(c);
    }
    for (int b = 0; b < system.bodies(); b++) {
      int disc = offset + Scene.DISCS + b * Scene.DISC;
      dst[disc + Scene.X] = drawnAt(toPixels(xy[2 * b], system));
      dst[disc + Scene.Y] = drawnAt(toPixels(xy[2 * b + 1], system));
      dst[disc + Scene.RADIUS] = radius(system, b);
      for (int c = 0; c < Palette.CHANNELS; c++) {
        dst[disc + Scene.COLOUR + c] = Palette.disc(system.bodyColour(b), c);
      }
    }
  }

  /** Fills a frame with the scene's background. */
  final void clear(float[] scene, float[] dst, int offset) {
    for (int c = 0; c < Palette.CHANNELS; c++) {
      dst[offset + c] = Palette.fraction(scene[c]);
    }
    int length = frameLength();
    for (int done = Palette.CHANNELS; done < length; done *= 2) { // what is filled, once more
      System.arraycopy(dst, offset, dst, offset + done, Math.min(done, length - done));
    }
  }

  /** Radius of a body in whole pixels, floor(resolution * radius / 2w). */
  private int radius(PhysicalSystem system, int body) {
    int radius = (int) (system.bodyRadius(body) / (2 * system.worldHalfWidth() / resolution));
    if (radius < 1) {
      throw new IllegalArgumentException(
          "[frames] resolution: at %d pixels body %d of %s is smaller than a pixel; raise the resolution"
              .formatted(resolution, body, system.name()));
    }
    return radius;
  }

  /** World coordinate to pixels from the left or top edge of the image. */
  private double toPixels(double x, PhysicalSystem system) {
    double w = system.worldHalfWidth();
    return resolution * (x + w) / (2 * w);
  }
}
