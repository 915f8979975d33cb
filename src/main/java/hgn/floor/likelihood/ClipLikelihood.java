package hgn.floor.likelihood;

/** The likelihood of one clip. */
public final class ClipLikelihood {
  private final int width;
  private final FrameLikelihood[][] frames;

  /** Creates it from the likelihoods of frames, [frame][block], of {@code width} coordinates. */
  ClipLikelihood(int width, FrameLikelihood[][] frames) {
    this.width = width;
    this.frames = frames;
  }

  public int frames() {
    return frames.length;
  }

  /**
   * log P(clip | motion), up to a constant independent of the motion.
   *
   * @param path the motion's coordinates, row-major (frames, width), at least as many frames as in
   *     the clip
   */
  public double log(double[] path) {
    double sum = 0;
    for (int t = 0; t < frames.length; t++) {
      for (FrameLikelihood sight : frames[t]) {
        sum += sight.log(path, t * width);
      }
    }
    return sum;
  }
}
