package hgn.floor;

import hgn.floor.likelihood.ClipLikelihood;

/**
 * The target distribution for one film: points of the unit cube, which represent initial states and
 * so motions, weighted by the likelihood of the clip.
 *
 * @param prior initial states
 * @param motions their motions
 * @param clip what was seen
 * @param width number of coordinates q
 */
record Target(Prior prior, Motions motions, ClipLikelihood clip, int width) {
  /** log P(clip | point), up to a constant; minus infinity if the motion cannot be computed. */
  double log(double[] point, double[] path) {
    if (!motions.follow(prior.state(point), clip.frames(), path)) {
      return Double.NEGATIVE_INFINITY;
    }
    double log = clip.log(path);
    return Double.isNaN(log) ? Double.NEGATIVE_INFINITY : log;
  }

  /** Allocates a buffer for a motion as long as the clip. */
  double[] room() {
    return new double[clip.frames() * width];
  }
}
