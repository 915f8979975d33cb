package hgn.data;

import hgn.config.ModelConfig;
import java.util.stream.IntStream;

/**
 * Which frames of a rollout the encoder sees and which the decoder reconstructs.
 *
 * @param framesIn number of frames that the encoder sees
 * @param start index of the frame whose state the encoder infers
 * @param framesOut number of frames decoded
 * @param past frames of the rollout before the first that the encoder sees; if positive, training
 *     also decodes all frames before the inferred one, by integrating backward in time
 * @param lead number of decoded frames before the inferred one
 */
public record Window(int framesIn, int start, int framesOut, int past, int lead) {
  /** Checks the indices. */
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
              + "; that many frames must exist, and the inferred frame must be decoded too");
    }
  }

  /** The window of a model configuration. */
  public static Window of(ModelConfig shape) {
    return shape.infersMiddle()
        ? fromMiddle(shape.framesOut())
        : new Window(shape.inputFrames(), shape.inferredFrame(), shape.framesOut());
  }

  /** A window without frames before the inferred one. */
  public Window(int framesIn, int start, int framesOut) {
    this(framesIn, start, framesOut, 0, 0);
  }

  /**
   * Returns this window with {@code frames} additional frames before the first that the encoder
   * sees.
   */
  public Window withPast(int frames) {
    return new Window(framesIn, start, framesOut, frames, lead);
  }

  /** A window whose state is inferred at the last of {@code framesIn} frames. */
  public static Window fromLast(int framesIn, int framesOut) {
    return new Window(framesIn, framesIn - 1, framesOut);
  }

  /** A window whose encoder sees all frames and infers the state in the middle. */
  public static Window fromMiddle(int frames) {
    return new Window(frames, frames / 2, frames, 0, frames / 2);
  }

  /** Number of frames of a rollout that encoder and decoder need together. */
  public int rolloutFrames() {
    return past + Math.max(framesIn, start + ahead() + 1);
  }

  /** The last decoded time, in frames relative to the inferred one. */
  public int ahead() {
    return framesOut - lead - 1;
  }

  /** The first time decoded in training, in frames relative to the inferred one. */
  public int firstTime() {
    return past == 0 ? -lead : -past - start;
  }

  /** Number of times that training can decode. */
  public int times() {
    return ahead() + 1 - firstTime();
  }

  /** Times of the frames to reconstruct, relative to the inferred one. */
  public int[] targetTimes() {
    return IntStream.rangeClosed(-lead, ahead()).toArray();
  }
}
