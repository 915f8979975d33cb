package hgn.bench;

import java.util.Arrays;

/**
 * Times of individual calls of one workload.
 *
 * @param median seconds
 * @param least seconds
 */
public record Stopwatch(double median, double least) {
  /** Times {@code iterations} calls after {@code warmup} untimed ones. */
  public static Stopwatch time(Runnable work, int warmup, int iterations) {
    for (int i = 0; i < warmup; i++) {
      work.run();
    }
    double[] seconds = new double[iterations];
    for (int i = 0; i < iterations; i++) {
      long start = System.nanoTime();
      work.run();
      seconds[i] = (System.nanoTime() - start) * 1e-9;
    }
    return of(seconds);
  }

  /** Summarises the times of at least one call. */
  public static Stopwatch of(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Stopwatch(median, sorted[0]);
  }
}
