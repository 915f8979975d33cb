package hgn.metrics;

import java.util.Locale;

/**
 * Valid prediction time.
 *
 * <p>A prediction y of a frame x is valid while the mean of (x - y)^2 over its pixels, divided by
 * the mean of x^2, stays at or below {@link #THRESHOLD}. The valid prediction time is the number of
 * frames before the first invalid one, divided by the length of the film. Source: Botev et al.
 * 2021, "Which priors matter?".
 */
public final class ValidPrediction {
  /** Maximum error of a valid frame, relative to the frame's mean square. */
  public static final double THRESHOLD = 0.025;

  private ValidPrediction() {}

  /**
   * The valid prediction time of one film, from 0 (not even the first frame) to 1 (all).
   *
   * @param predicted consecutive frames from the inferred one, forward or backward in time
   * @param truth of the same length
   * @param frames number of frames
   * @throws IllegalArgumentException if the lengths differ or are not multiples of {@code frames}
   */
  public static double time(float[] predicted, float[] truth, int frames) {
    if (frames < 1 || truth.length % frames != 0 || predicted.length != truth.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[valid prediction] %d and %d values are not two films of %d frames",
              predicted.length,
              truth.length,
              frames));
    }
    int frame = truth.length / frames;
    for (int t = 0; t < frames; t++) {
      if (!holds(predicted, truth, t * frame, frame)) {
        return (double) t / frames;
      }
    }
    return 1;
  }

  private static boolean holds(float[] predicted, float[] truth, int from, int length) {
    double errors = 0;
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      double difference = predicted[i] - truth[i];
      errors += difference * difference;
      squares += (double) truth[i] * truth[i];
    }
    return errors <= THRESHOLD * squares; // false for NaN
  }
}
