package hgn.explore;

import hgn.frames.Rollouts;
import java.util.Optional;

/**
 * What really happened before and after the inferred frame of a test clip, as far as it is known:
 * made where the films are of a system, read where they are of files.
 *
 * @param first the earliest time, in frames of this pace from the inferred one; at most 0
 * @param frames (times, height, width, channels)
 */
record TrueMotion(int first, float[] frames) {
  /**
   * Films a clip at another pace.
   *
   * @param start number of the inferred frame in a rollout
   * @param step seconds between frames
   * @param back most frames before the inferred one
   * @param ahead most frames after it
   */
  static TrueMotion of(Rollouts films, int clip, int start, double step, int back, int ahead) {
    float[] after = longest(films, clip, start, step, ahead + 1);
    float[] before = longest(films, clip, start, -step, back + 1);
    int frame = films.frameLength();
    int earlier = before.length == 0 ? 0 : before.length / frame - 1;
    float[] all = new float[earlier * frame + after.length];
    for (int t = 1; t <= earlier; t++) {
      System.arraycopy(before, t * frame, all, (earlier - t) * frame, frame);
    }
    System.arraycopy(after, 0, all, earlier * frame, after.length);
    return new TrueMotion(-earlier, all);
  }

  /** The longest known film of at most so many frames; without any, an empty one. */
  private static float[] longest(Rollouts films, int clip, int start, double step, int most) {
    for (int count = most; count > 0; count--) {
      Optional<float[]> film = films.film(clip, start, step, count);
      if (film.isPresent()) {
        return film.get();
      }
    }
    return new float[0];
  }

  /** Returns how many frames there are. */
  int count(Rollouts films) {
    return frames.length / films.frameLength();
  }
}
