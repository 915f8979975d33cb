package hgn.floor;

import java.util.Locale;

/**
 * Which frames of a rollout a predictor sees and which it must predict.
 *
 * @param framesIn number of frames seen, from the first
 * @param start index of the first frame to predict
 * @param framesOut number of frames to predict
 */
public record Clip(int framesIn, int start, int framesOut) {
  /** Checks the numbers. */
  public Clip {
    if (framesIn < 1 || start < 0 || framesOut < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[floor] a clip of %d frames, to predict %d from frame %d on; see and predict at least 1",
              framesIn,
              framesOut,
              start));
    }
  }

  /** A clip whose last frame seen is the first to predict. */
  public static Clip fromLast(int framesIn, int framesOut) {
    return new Clip(framesIn, framesIn - 1, framesOut);
  }

  /** A clip whose frames are all seen and predicted. */
  public static Clip all(int frames) {
    return new Clip(frames, 0, frames);
  }

  /** Number of frames of the rollout. */
  public int rolloutFrames() {
    return Math.max(framesIn, start + framesOut);
  }
}
