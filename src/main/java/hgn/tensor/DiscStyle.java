package hgn.tensor;

/** How a {@link DiscPainter} draws the edge of a disc. */
public enum DiscStyle {
  /**
   * Whole pixels, then twice the mean of each pixel with those to its left and above, the pixel
   * before the first read as the second.
   */
  BLURRED,
  /** Whole pixels, then the mean of 3 x 3, a pixel beyond the edge read as its mirror image. */
  AVERAGED,
  /** Each pixel takes a disc's colour in proportion to the area that the disc covers of it. */
  ANTIALIASED
}
