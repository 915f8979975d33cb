package hgn.floor.sight;

/** What one frame tells of some coordinates. */
interface Sight {
  /**
   * log of the probability, or the probability density, of what was seen given the coordinates
   * {@code q[at ..]} without noise; but for a constant that does not depend on them.
   */
  double log(double[] q, int at);
}
