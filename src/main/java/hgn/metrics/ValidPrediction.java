package hgn.metrics;

/**
 * How long a prediction holds.
 *
 * <p>A frame x is predicted well while the mean of (x - y)^2 over its pixels, divided by the mean
 * of x^2, stays at or below {@link #THRESHOLD}. The valid prediction time is the number of frames
 * before the first that is not, over the length of the film. Source: Botev et al. 2021, "Which
 * priors matter?".
 */
public final class ValidPrediction {
  /** Error of a frame, relative to its mean square, from which on it no longer counts. */
  public static final double THRESHOLD = 0.025;

  private ValidPrediction() {}

  /**
   * The valid prediction time of one film, from 0 (not even the first frame) to 1 (all).
   *
   * @param predicted frames in a row, counted from the inferred one in either direction of time
   * @param truth of the same length
   * @param frames how many frames there are
   * @throws IllegalArgumentException if the lengths differ or are not so many whole frames
   */
  public static double time(float[] predicted, float[] truth, int frames) {
    if (frames < 1 || truth.length % frames != 0 || predicted.length != truth.length) {
      throw new IllegalArgumentException(
          "[valid prediction] %d and %d values are not two films of %d frames"
              .formatted(predicted.length, truth.length, frames));
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
