package hgn.frames;

import hgn.physics.PhysicalSystem;

/**
 * Draws a system's bodies as discs on a square image, in two steps: a {@linkplain Scene scene}
 * describes the picture in a few floats, and the image is drawn from the scene. Implementations are
 * safe to share between threads.
 */
public interface Renderer {
  /** Name of the renderer in configurations. */
  String name();

  /** Pixels along each side of a frame. */
  int resolution();

  /** Returns the system as this renderer films it, possibly with other noise and appearance. */
  default PhysicalSystem filmed(PhysicalSystem system) {
    return system;
  }

  /** Mean colour of the background, in [0, 1]. */
  double background();

  /** Floats in a frame: resolution * resolution * 3. */
  default int frameLength() {
    return resolution() * resolution() * Palette.CHANNELS;
  }

  /** Floats in a scene of this system: 3 + 6 per body. */
  default int sceneLength(PhysicalSystem system) {
    return Scene.length(system.bodies());
  }

  /**
   * Writes the scene of the system at coordinates {@code q} to {@code dst[offset .. offset +
   * sceneLength(system) - 1]}: the background's red, green and blue, then x, y, radius, red, green
   * and blue of each disc; a later disc covers an earlier one. Positions are in pixels from the
   * left and top edges, colours are levels from 0 to 255.
   */
  void describe(PhysicalSystem system, double[] q, float[] dst, int offset);

  /**
   * Draws a scene from {@link #describe} to {@code dst[offset .. offset + frameLength() - 1]},
   * row-major (height, width, 3), every value in [0, 1].
   */
  void draw(float[] scene, float[] dst, int offset);

  /** Draws the system at coordinates {@code q}. */
  default void draw(PhysicalSystem system, double[] q, float[] dst, int offset) {
    float[] scene = new float[sceneLength(system)];
    describe(system, q, scene, 0);
    draw(scene, dst, offset);
  }
}
