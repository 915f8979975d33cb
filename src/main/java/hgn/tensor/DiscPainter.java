package hgn.tensor;

/**
 * Draws discs into images on a device, so that a few numbers are sent there for each image instead
 * of its pixels.
 *
 * <p>A scene is a row of numbers that describes one image: the background's red, green and blue,
 * then x, y, radius, red, green and blue of each disc; a later disc covers an earlier one. Lengths
 * are in pixels from the left and the top edge, colours levels from 0 to 255, of which an image
 * holds the fractions of 255. Discs are drawn on black, the background is added, and the sum is at
 * most 1.
 */
public interface DiscPainter {
  /** Channels of an image: red, green, blue. */
  int CHANNELS = 3;

  /** Numbers of a scene before its discs. */
  int BACKGROUND = CHANNELS;

  /** Numbers of a disc. */
  int DISC = 3 + CHANNELS;

  /**
   * Queues the drawing of square images, K of them stacked on the channels of each of N.
   *
   * <p>Callers go through {@link TensorOps#paint}.
   *
   * @param scenes (N, K, 3 + 6 discs); with {@link DiscStyle#BLURRED} and {@link
   *     DiscStyle#AVERAGED} centres, radii and colours are whole numbers
   * @param images (N, size, size, 3 K), written
   */
  void paint(DiscStyle style, Tensor scenes, Tensor images);
}
