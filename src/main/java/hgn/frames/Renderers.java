package hgn.frames;

import hgn.physics.PhysicalSystem;

/** The renderers by name, and what they share. */
public final class Renderers {
  private Renderers() {}

  /**
   * The renderer {@code name} ("published" or "smooth") for square frames of {@code resolution}
   * pixels a side.
   *
   * @throws IllegalArgumentException if there is no such renderer
   */
  public static Renderer byName(String name, int resolution) {
    return switch (name) {
      case PublishedRenderer.NAME -> new PublishedRenderer(resolution);
      case SmoothRenderer.NAME -> new SmoothRenderer(resolution);
      default ->
          throw new IllegalArgumentException(
              "[frames] renderer: '%s' is unknown; valid: %s, %s"
                  .formatted(name, PublishedRenderer.NAME, SmoothRenderer.NAME));
    };
  }

  static int checkedResolution(int resolution) {
    if (resolution < 8 || resolution > 4096) {
      throw new IllegalArgumentException(
          "[frames] resolution: " + resolution + " is outside 8..4096 pixels");
    }
    return resolution;
  }

  /**
   * Radius of a body in whole pixels, floor(resolution * radius / 2w), as both renderers draw it.
   */
  static int radius(PhysicalSystem system, int body, int resolution) {
    int radius = (int) (system.bodyRadius(body) / (2 * system.worldHalfWidth() / resolution));
    if (radius < 1) {
      throw new IllegalArgumentException(
          "[frames] resolution: at %d pixels body %d of %s is smaller than a pixel; raise the resolution"
              .formatted(resolution, body, system.name()));
    }
    return radius;
  }

  /** World coordinate to pixels from the left or top edge of the image. */
  static double toPixels(double x, PhysicalSystem system, int resolution) {
    double w = system.worldHalfWidth();
    return resolution * (x + w) / (2 * w);
  }
}
