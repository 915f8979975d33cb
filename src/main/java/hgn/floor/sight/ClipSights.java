package hgn.floor.sight;

/** The likelihood of one clip. */
public final class ClipSights {
  private final int width;
  private final Sight[][] frames;

  /** Creates it from the likelihoods of frames, [frame][block], of {@code width} coordinates. */
  ClipSights(int width, Sight[][] frames) {
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
      for (Sight sight : frames[t]) {
        sum += sight.log(path, t * width);
      }
    }
    return sum;
  }
}
