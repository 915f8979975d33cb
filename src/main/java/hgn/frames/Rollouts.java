package hgn.frames;

import java.util.Optional;

/**
 * Numbered films of one length, each of a motion: made when they are asked for, or read from disk.
 * Immutable and safe to share between threads.
 */
public interface Rollouts {
  /** T, the number of frames in a rollout. */
  int frames();

  /** Seconds between frames. */
  double dt();

  /** Height and width of a frame. */
  int resolution();

  /** Channels of a frame. */
  int colours();

  /** The mean of the colours of what stands still. */
  double background();

  /** The same rollouts cut or continued to {@code count} frames. */
  Rollouts withFrames(int count);

  /**
   * Draws the film of rollout {@code index} to {@code dst[offset .. offset + rolloutLength() - 1]}.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  void render(long index, float[] dst, int offset);

  /**
   * A film of the motion of rollout {@code index} that begins at its frame {@code from}, at another
   * pace or backward; empty if nobody knows its frames.
   *
   * @param step seconds from each frame of the film to the next; negative goes backward
   * @param count frames of the film
   */
  Optional<float[]> film(long index, int from, double step, int count);

  /**
   * The true states (q, p) of the frames of rollout {@code index}, from the first on; empty if
   * nobody knows them.
   */
  Optional<double[][]> states(long index);

  /** Which numbers of q are angles, where states are known. */
  boolean[] angles();

  /** Floats in a frame. */
  default int frameLength() {
    return resolution() * resolution() * colours();
  }

  /** Floats in a rollout's film: T * height * width * colours. */
  default int rolloutLength() {
    return Math.multiplyExact(frames(), frameLength());
  }
}
