package hgn.floor;

/**
 * The motions that a clip leaves possible.
 *
 * @param paths coordinates q of the frames to give back, each row-major (frames, n)
 * @param weights their weights, of sum 1
 * @param effective how many independent motions they are worth
 */
record Posterior(double[][] paths, double[] weights, double effective) {
  /** Motions that too few independent ones are to be trusted. */
  static final double ENOUGH = 40;

  /** Whether there are enough to average over. */
  boolean isEnough() {
    return effective >= ENOUGH;
  }
}
