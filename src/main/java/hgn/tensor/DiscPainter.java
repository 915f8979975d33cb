package hgn.tensor;

/**
 * Draws discs into images on a device, so that a few numbers are sent there for each image rather
 * than all its pixels.
 *
 * <p>A scene is a row of numbers that describes one image: the background's red, green and blue,
 * then x, y, radius, red, green and blue of each disc; a later disc covers an earlier one.
 * Positions are in pixels from the left and top edges. Colours are levels from 0 to 255, which are
 * divided by 255 in the image. Discs are drawn on black, the background is added, and the sum is
 * clamped to 1.
 */
public interface DiscPainter {
  /** Channels of an image: red, green, blue. */
  int CHANNELS = 3;

  /** Length of the background's part of a scene. */
  int BACKGROUND = CHANNELS;

  /** Length of a disc's part of a scene. */
  int DISC = 3 + CHANNELS;

  /**
   * Queues the drawing of N x K square images, of which each K are stacked along the channels.
   *
   * <p>Callers go through {@link TensorOps#paint}.
   *
   * @param scenes (N, K, 3 + 6 discs); with {@link DiscStyle#BLURRED} and {@link
   *     DiscStyle#AVERAGED} centres, radii and colours are whole numbers
   * @param images (N, size, size, 3 K), written
   */
  void paint(DiscStyle style, Tensor scenes, Tensor images);
}
