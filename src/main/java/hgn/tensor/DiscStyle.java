package hgn.tensor;

/** How a {@link DiscPainter} draws the edge of a disc. */
public enum DiscStyle {
  /**
   * Whole pixels, then a 2 x 2 mean, of each pixel and its left, upper and upper-left neighbours,
   * applied twice; the pixel before the first is read as the second.
   */
  BLURRED,
  /** Whole pixels, then a 3 x 3 mean; a pixel beyond the edge is read as its mirror image. */
  AVERAGED,
  /**
   * Each pixel takes a disc's colour in proportion to the area of the pixel that the disc covers.
   */
  ANTIALIASED
}
