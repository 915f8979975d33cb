package hgn.frames;

import hgn.physics.PhysicalSystem;

/**
 * Draws a system's bodies as discs on a square image. Implementations are safe to share between
 * threads.
 */
public interface Renderer {
  /** The name by which a configuration asks for the renderer. */
  String name();

  /** Pixels along each side of a frame. */
  int resolution();

  /** Floats in a frame: resolution * resolution * 3. */
  default int frameLength() {
    return resolution() * resolution() * Palette.CHANNELS;
  }

  /**
   * Draws the system at coordinates {@code q} to {@code dst[offset .. offset + frameLength() - 1]},
   * row-major (height, width, 3), every value in [0, 1]. Bodies are drawn in order, a later one
   * covers an earlier one.
   */
  void draw(PhysicalSystem system, double[] q, float[] dst, int offset);
}
