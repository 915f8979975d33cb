package hgn.frames;

/**
 * The content of a frame as an array of floats: the background's red, green and blue, then for each
 * disc, in drawing order, its centre x and y, its radius, and its red, green and blue.
 *
 * <p>Positions are in pixels from the left and top edges of the image, colours are levels from 0 to
 * 255. Renderers draw from these floats alone, and so can a device, which then need not be sent the
 * pixels.
 */
final class Scene {
  /** Index of the first disc, after the background. */
  static final int DISCS = Palette.CHANNELS;

  static final int X = 0;
  static final int Y = 1;
  static final int RADIUS = 2;
  static final int COLOUR = 3;

  /** Floats per disc. */
  static final int DISC = COLOUR + Palette.CHANNELS;

  private Scene() {}

  /** Returns the number of floats in a scene with {@code discs} discs. */
  static int length(int discs) {
    return DISCS + discs * DISC;
  }
}
