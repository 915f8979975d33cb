package hgn.floor;

import hgn.floor.sight.ClipSights;

/**
 * What motions of one film are drawn from: points of the unit cube, each standing for an initial
 * state and so for a motion, weighed by the probability of the clip.
 *
 * @param prior initial states
 * @param motions their motions
 * @param clip what was seen
 * @param width coordinates q of a state
 */
record Target(Prior prior, Motions motions, ClipSights clip, int width) {
  /** log P(clip | point), but for a constant; minus infinity where there is no motion. */
  double log(double[] point, double[] path) {
    if (!motions.follow(prior.state(point), clip.frames(), path)) {
      return Double.NEGATIVE_INFINITY;
    }
    double log = clip.log(path);
    return Double.isNaN(log) ? Double.NEGATIVE_INFINITY : log;
  }

  /** Room for a motion as long as the clip. */
  double[] room() {
    return new double[clip.frames() * width];
  }
}
