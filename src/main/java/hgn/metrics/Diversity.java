package hgn.metrics;

import java.util.Arrays;
import java.util.Locale;

/**
 * Compares generated films with data: whether samples vary as much as the data and are as close to
 * it as its own films are to one another.
 *
 * <p>Distances are mean squared differences per pixel over whole films.
 *
 * @param spread mean distance of two samples divided by that of two films of the data; near 0 for
 *     mode collapse, 1 if samples vary as the data do
 * @param strangeness mean distance from a sample to the nearest film of the data, divided by that
 *     from a film of the data to its nearest other film; 1 if samples resemble the data, large if
 *     not
 */
public record Diversity(double spread, double strangeness) {
  /** Values after which a distance is checked for early termination. */
  private static final int PART = 1024;

  /**
   * Compares samples and data of equal length.
   *
   * @throws IllegalArgumentException if there are fewer than two of either
   */
  public static Diversity of(float[][] samples, float[][] data) {
    if (samples.length < 2 || data.length < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[diversity] %d samples and %d films of the data; at least 2 of each are needed",
              samples.length,
              data.length));
    }
    return new Diversity(
        spread(samples) / spread(data), nearest(samples, data) / nearest(data, data));
  }

  /**
   * Mean distance of two films. The mean of |x_i - x_j|^2 over pairs is 2 / (n - 1) times the sum
   * of |x_i - m|^2 over films, m their mean, which takes O(n) instead of O(n^2) passes.
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
      sum += distance; // sequential, for a reproducible sum
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

  /** The distance, or any number at or above {@code enough} if it is at least that. */
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
