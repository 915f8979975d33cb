package hgn.metrics;

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

  private static double spread(float[][] films) {
    double sum = 0;
    for (int i = 0; i < films.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += distance(films[i], films[j]);
      }
    }
    return sum / (films.length * (films.length - 1) / 2.0);
  }

  private static double nearest(float[][] from, float[][] to) {
    double sum = 0;
    for (float[] film : from) {
      double least = Double.POSITIVE_INFINITY;
      for (float[] other : to) {
        if (other != film) {
          least = Math.min(least, distance(film, other));
        }
      }
      sum += least;
    }
    return sum / from.length;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum / a.length;
  }
}
