package hgn.frames;

/**
 * All that a frame shows, in a row of floats: the background's red, green and blue, then for each
 * disc, in the order in which they cover one another, its centre x and y, its radius, and its red,
 * green and blue.
 *
 * <p>Lengths are in pixels from the left and the top edge of the image, colours are levels from 0
 * to 255. Both renderers draw from these floats alone, and so may a device, which need not be sent
 * the pixels.
 */
final class Scene {
  /** Where the discs begin, behind the background. */
  static final int DISCS = Palette.CHANNELS;

  static final int X = 0;
  static final int Y = 1;
  static final int RADIUS = 2;
  static final int COLOUR = 3;

  /** Floats of a disc. */
  static final int DISC = COLOUR + Palette.CHANNELS;

  private Scene() {}

  /** Floats of a scene with so many discs. */
  static int length(int discs) {
    return DISCS + discs * DISC;
  }
}
