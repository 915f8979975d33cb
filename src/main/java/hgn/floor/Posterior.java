package hgn.floor;

/**
 * Weighted motions from the posterior given a clip.
 *
 * @param paths coordinates q of the target frames, each row-major (frames, n)
 * @param weights weights, with sum 1
 * @param effective effective number of independent motions
 */
record Posterior(double[][] paths, double[] weights, double effective) {
  /** Minimum effective number of motions for trusted averages. */
  static final double ENOUGH = 40;

  /** Whether there are enough effective motions to average over. */
  boolean isEnough() {
    return effective >= ENOUGH;
  }
}
