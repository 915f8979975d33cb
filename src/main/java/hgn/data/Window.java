package hgn.data;

import hgn.config.ModelConfig;
import java.util.stream.IntStream;

/**
 * Which frames of a rollout the encoder sees and which the decoder must give back.
 *
 * @param framesIn frames that the encoder sees, from the first on
 * @param start index of the frame whose state the encoder infers
 * @param framesOut frames decoded
 * @param past frames of the rollout before the first that the encoder sees; with these, all frames
 *     before the inferred one are decoded in training too, by following the motion backward
 * @param lead how many of the decoded frames lie before the inferred one
 */
public record Window(int framesIn, int start, int framesOut, int past, int lead) {
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
    if (lead < 0 || lead > start || lead >= framesOut) {
      throw new IllegalArgumentException(
          "[window] of "
              + framesOut
              + " decoded frames "
              + lead
              + " shall lie before frame "
              + start
              + "; there must be so many, and the inferred one itself");
    }
  }

  /** Frames seen and decoded by models of this shape. */
  public static Window of(ModelConfig shape) {
    return shape.infersMiddle()
        ? fromMiddle(shape.framesOut())
        : new Window(shape.inputFrames(), shape.inferredFrame(), shape.framesOut());
  }

  /** A window that only looks forward. */
  public Window(int framesIn, int start, int framesOut) {
    this(framesIn, start, framesOut, 0, 0);
  }

  /** This window with so many frames before the first that the encoder sees. */
  public Window withPast(int frames) {
    return new Window(framesIn, start, framesOut, frames, lead);
  }

  /** The state is inferred at the last of {@code framesIn} frames. */
  public static Window fromLast(int framesIn, int framesOut) {
    return new Window(framesIn, framesIn - 1, framesOut);
  }

  /** The encoder sees all frames and infers the state in their middle. */
  public static Window fromMiddle(int frames) {
    return new Window(frames, frames / 2, frames, 0, frames / 2);
  }

  /** Frames of the rollout that both together need. */
  public int rolloutFrames() {
    return past + Math.max(framesIn, start + ahead() + 1);
  }

  /** The latest time that is decoded, in frames from the inferred one. */
  public int ahead() {
    return framesOut - lead - 1;
  }

  /** The earliest time that is decoded in training, in frames from the inferred one. */
  public int firstTime() {
    return past == 0 ? -lead : -past - start;
  }

  /** Number of times that are decoded in training, if all are. */
  public int times() {
    return ahead() + 1 - firstTime();
  }

  /** Times of the frames to give back, in frames from the inferred one. */
  public int[] targetTimes() {
    return IntStream.rangeClosed(-lead, ahead()).toArray();
  }
}
