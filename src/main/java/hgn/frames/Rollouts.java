package hgn.frames;

import java.util.Optional;

/**
 * Indexed films of equal length, each of a motion: generated on request, or read from disk.
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

  /** Mean colour of the static background. */
  double background();

  /** Returns the same rollouts, shortened or continued to {@code count} frames. */
  Rollouts withFrames(int count);

  /**
   * Draws the film of rollout {@code index} to {@code dst[offset .. offset + rolloutLength() - 1]}.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  void render(long index, float[] dst, int offset);

  /**
   * Returns a film of the motion of rollout {@code index} that begins at its frame {@code from}, at
   * another speed or backward; empty if its frames are not known.
   *
   * @param step seconds from each frame of the film to the next; negative goes backward
   * @param count number of frames of the film
   */
  Optional<float[]> film(long index, int from, double step, int count);

  /**
   * Returns the true states (q, p) of the frames of rollout {@code index}; empty if they are not
   * known.
   */
  Optional<double[][]> states(long index);

  /** Which coordinates of q are angles, if states are known. */
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
