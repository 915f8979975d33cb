package hgn.frames;

import hgn.physics.PhysicalSystem;
import java.util.Locale;

/** Common part of the renderers: the scene of a system, and the empty frame on which they draw. */
abstract class DiscRenderer implements Renderer {
  private final int resolution;
  private final Palette palette;

  /** The last empty frame, cached since the next one is nearly always the same. */
  private volatile float[] empty = {};

  DiscRenderer(int resolution, Palette palette) {
    if (resolution < 8 || resolution > 4096) {
      throw new IllegalArgumentException(
          "[frames] resolution: " + resolution + " is outside 8..4096 pixels");
    }
    this.resolution = resolution;
    this.palette = palette;
  }

  @Override
  public final int resolution() {
    return resolution;
  }

  @Override
  public final double background() {
    return palette.backgroundLevel();
  }

  /** Returns the coordinate at which a disc with true coordinate {@code pixels} is drawn. */
  abstract float drawnAt(double pixels);

  @Override
  public final void describe(PhysicalSystem system, double[] q, float[] dst, int offset) {
    double[] xy = new double[2 * system.bodies()];
    system.centres(q, xy);
    for (int c = 0; c < Palette.CHANNELS; c++) {
      dst[offset + c] = palette.background(c);
    }
    for (int b = 0; b < system.bodies(); b++) {
      int disc = offset + Scene.DISCS + b * Scene.DISC;
      dst[disc + Scene.X] = drawnAt(toPixels(xy[2 * b], system));
      dst[disc + Scene.Y] = drawnAt(toPixels(xy[2 * b + 1], system));
      dst[disc + Scene.RADIUS] = radius(system, b);
      for (int c = 0; c < Palette.CHANNELS; c++) {
        dst[disc + Scene.COLOUR + c] = palette.disc(system.bodyColour(b), c);
      }
    }
  }

  /** Fills a frame with the scene's background. */
  final void clear(float[] scene, float[] dst, int offset) {
    float[] frame = empty;
    if (!isBackground(frame, scene)) {
      frame = emptyFrame(scene);
      empty = frame;
    }
    System.arraycopy(frame, 0, dst, offset, frame.length);
  }

  private static boolean isBackground(float[] frame, float[] scene) {
    return frame.length > 0
        && frame[0] == Palette.fraction(scene[0])
        && frame[1] == Palette.fraction(scene[1])
        && frame[2] == Palette.fraction(scene[2]);
  }

  private float[] emptyFrame(float[] scene) {
    float[] frame = new float[frameLength()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = Palette.fraction(scene[i % Palette.CHANNELS]);
    }
    return frame;
  }

  /** Radius of a body in whole pixels, floor(resolution * radius / 2w). */
  private int radius(PhysicalSystem system, int body) {
    int radius = (int) (system.bodyRadius(body) / (2 * system.worldHalfWidth() / resolution));
    if (radius < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[frames] resolution: at %d pixels body %d of %s is smaller than a pixel; raise --size",
              resolution,
              body,
              system.name()));
    }
    return radius;
  }

  /** Converts a world coordinate to pixels from the left or top edge of the image. */
  private double toPixels(double x, PhysicalSystem system) {
    double w = system.worldHalfWidth();
    return resolution * (x + w) / (2 * w);
  }
}
