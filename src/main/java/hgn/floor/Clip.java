package hgn.floor;

/**
 * What a predictor sees of a rollout and what it must give back.
 *
 * @param framesIn frames that are seen, from the first on
 * @param start the first frame that must be given back
 * @param framesOut frames to give back
 */
public record Clip(int framesIn, int start, int framesOut) {
  /** Checks that there is something to see and to give back. */
  public Clip {
    if (framesIn < 1 || start < 0 || framesOut < 1) {
      throw new IllegalArgumentException(
          "[floor] a clip of %d frames, to give back %d from frame %d on; see and give back at least 1"
              .formatted(framesIn, framesOut, start));
    }
  }

  /** {@code framesIn} frames are seen; the last of them is the first that must be given back. */
  public static Clip fromLast(int framesIn, int framesOut) {
    return new Clip(framesIn, framesIn - 1, framesOut);
  }

  /** All {@code frames} are seen and given back. */
  public static Clip all(int frames) {
    return new Clip(frames, 0, frames);
  }

  /** Frames of a rollout that this takes. */
  public int rolloutFrames() {
    return Math.max(framesIn, start + framesOut);
  }
}
