package hgn.floor.likelihood;

/** The likelihood of one frame as a function of some coordinates. */
interface FrameLikelihood {
  /**
   * log of the probability or density of the observation given the noise-free coordinates {@code
   * q[at ..]}, up to a constant.
   */
  double log(double[] q, int at);
}
