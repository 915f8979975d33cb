package hgn.frames;

import hgn.physics.PhysicalSystem;

/**
 * Draws a system's bodies as discs on a square image, in two steps: what is to be seen is described
 * in a few floats, a {@linkplain Scene scene}, and the image drawn from these. Implementations are
 * safe to share between threads.
 */
public interface Renderer {
  /** The name by which a configuration asks for the renderer. */
  String name();

  /** Pixels along each side of a frame. */
  int resolution();

  /** The system as this renderer's films show it, whose noise and looks may be of their own. */
  default PhysicalSystem filmed(PhysicalSystem system) {
    return system;
  }

  /** Mean colour of the background, in [0, 1]. */
  double background();

  /** Floats in a frame: resolution * resolution * 3. */
  default int frameLength() {
    return resolution() * resolution() * Palette.CHANNELS;
  }

  /** Floats in a scene of this system: 3 + 6 for each body. */
  default int sceneLength(PhysicalSystem system) {
    return Scene.length(system.bodies());
  }

  /**
   * Writes what the system shows at coordinates {@code q} to {@code dst[offset .. offset +
   * sceneLength(system) - 1]}: the background's red, green and blue, then x, y, radius, red, green
   * and blue of each disc, a later one covering an earlier one. Lengths are in pixels from the left
   * and the top edge, colours levels from 0 to 255.
   */
  void describe(PhysicalSystem system, double[] q, float[] dst, int offset);

  /**
   * Draws a whole array that {@link #describe} has written to {@code dst[offset .. offset +
   * frameLength() - 1]}, row-major (height, width, 3), every value in [0, 1].
   */
  void draw(float[] scene, float[] dst, int offset);

  /** Draws the system at coordinates {@code q}. */
  default void draw(PhysicalSystem system, double[] q, float[] dst, int offset) {
    float[] scene = new float[sceneLength(system)];
    describe(system, q, scene, 0);
    draw(scene, dst, offset);
  }
}
