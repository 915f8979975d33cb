package hgn.floor.sight;

/** What the frames of one clip tell. */
public final class ClipSights {
  private final int width;
  private final Sight[][] frames;

  /** Of {@code width} coordinates; {@code frames} has what each frame tells, block by block. */
  ClipSights(int width, Sight[][] frames) {
    this.width = width;
    this.frames = frames;
  }

  public int frames() {
    return frames.length;
  }

  /**
   * log P(clip | motion), but for a constant that is the same for all motions.
   *
   * @param path the motion's coordinates, row-major (frames, width), at least as many as were seen
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
