package hgn.train;

/**
 * Which frames of a rollout the encoder sees and which the decoder must give back.
 *
 * @param framesIn frames that the encoder sees, from the first on
 * @param start index of the frame whose state the encoder infers: the first that is decoded
 * @param framesOut frames decoded from there on
 * @param past frames of the rollout before the first that the encoder sees; with these, all frames
 *     before the inferred one are decoded too, by following the motion backward
 */
public record Window(int framesIn, int start, int framesOut, int past) {
  /** Checks that there is something to see and to decode. */
  public Window {
    if (past < 0) {
      throw new IllegalArgumentException(
          "[window] " + past + " frames before the first that the encoder sees; use 0 or more");
    }
    if (framesIn < 1 || start < 0 || start >= framesIn || framesOut < 1) {
      throw new IllegalArgumentException(
          "[window] the inferred frame must be one that the encoder sees, got frame "
              + start
              + " of "
              + framesIn
              + ", and "
              + framesOut
              + " frames to decode; all must be at least 1");
    }
  }

  /** A window that only looks forward. */
  public Window(int framesIn, int start, int framesOut) {
    this(framesIn, start, framesOut, 0);
  }

  /** This window with so many frames before the first that the encoder sees. */
  public Window withPast(int frames) {
    return new Window(framesIn, start, framesOut, frames);
  }

  /** The state is inferred at the last of {@code framesIn} frames. */
  public static Window fromLast(int framesIn, int framesOut) {
    return new Window(framesIn, framesIn - 1, framesOut);
  }

  /** Frames of the rollout that both together need. */
  public int rolloutFrames() {
    return past + Math.max(framesIn, start + framesOut);
  }

  /** The earliest time that is decoded, in frames from the inferred one. */
  public int firstTime() {
    return past == 0 ? 0 : -past - start;
  }

  /** Number of times that are decoded, if all are. */
  public int times() {
    return framesOut - firstTime();
  }
}
