package hgn.metrics;

import java.util.Arrays;

/**
 * Whether films that a model makes up are as different from one another as those of the data, and
 * as near to the data as the data are.
 *
 * <p>Distances are mean squared differences of a pixel over whole films.
 *
 * @param spread mean distance of two samples over that of two films of the data; near 0 if the
 *     model makes up one film again and again, 1 if samples vary as the data do
 * @param strangeness mean distance from a sample to its nearest film of the data, over that from a
 *     film of the data to the nearest other one; 1 if samples are like data, large if like no film
 */
public record Diversity(double spread, double strangeness) {
  /** Numbers of a film after which a distance may be known to be too long. */
  private static final int PART = 1024;

  /**
   * Compares samples and data of one length.
   *
   * @throws IllegalArgumentException if there are fewer than two of either
   */
  public static Diversity of(float[][] samples, float[][] data) {
    if (samples.length < 2 || data.length < 2) {
      throw new IllegalArgumentException(
          "[diversity] %d samples and %d films of the data; at least 2 of each are needed"
              .formatted(samples.length, data.length));
    }
    return new Diversity(
        spread(samples) / spread(data), nearest(samples, data) / nearest(data, data));
  }

  /**
   * Mean distance of two films. The mean of |x_i - x_j|^2 over pairs is 2 / (n - 1) times the sum
   * of |x_i - m|^2 over films, m their mean, which takes n passes and not n^2 / 2.
   */
  private static double spread(float[][] films) {
    double[] mean = new double[films[0].length];
    for (float[] film : films) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += film[i] / films.length;
      }
    }
    double sum = 0;
    for (float[] film : films) {
      for (int i = 0; i < mean.length; i++) {
        double difference = film[i] - mean[i];
        sum += difference * difference;
      }
    }
    return 2 * sum / (films.length - 1) / mean.length;
  }

  private static double nearest(float[][] from, float[][] to) {
    double[] distances =
        Arrays.stream(from).parallel().mapToDouble(film -> nearest(film, to)).toArray();
    double sum = 0;
    for (double distance : distances) {
      sum += distance; // one after the other, for the same sum every time
    }
    return sum / from.length;
  }

  private static double nearest(float[] film, float[][] others) {
    double least = Double.POSITIVE_INFINITY;
    for (float[] other : others) {
      if (other != film) {
        least = Math.min(least, distance(film, other, least));
      }
    }
    return least;
  }

  /** The distance, or any number from {@code enough} on where it is that far. */
  private static double distance(float[] a, float[] b, double enough) {
    double sum = 0;
    for (int from = 0; from < a.length && sum < enough * a.length; from += PART) {
      int to = Math.min(a.length, from + PART);
      for (int i = from; i < to; i++) {
        double difference = a[i] - b[i];
        sum += difference * difference;
      }
    }
    return sum / a.length;
  }
}
