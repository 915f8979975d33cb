package hgn.train;

/**
 * Which frames of a rollout the encoder sees and which the decoder must give back.
 *
 * @param framesIn frames that the encoder sees, from the first on
 * @param start index of the frame whose state the encoder infers: the first that is decoded
 * @param framesOut frames decoded from there on
 */
public record Window(int framesIn, int start, int framesOut) {
  /** Checks that there is something to see and to decode. */
  public Window {
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

  /** The state is inferred at the last of {@code framesIn} frames. */
  public static Window fromLast(int framesIn, int framesOut) {
    return new Window(framesIn, framesIn - 1, framesOut);
  }

  /** The encoder sees all frames, and the state is inferred at the first. */
  public static Window all(int frames) {
    return new Window(frames, 0, frames);
  }

  /** Frames of the rollout that both together need. */
  public int rolloutFrames() {
    return Math.max(framesIn, start + framesOut);
  }
}
