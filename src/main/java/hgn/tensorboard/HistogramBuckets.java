package hgn.tensorboard;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Counts of numbers in buckets whose limits grow by a tenth from 1e-12 to 1e20, of either sign,
 * with one bucket for all that is closer to 0 on each side. Numbers that are not finite are left
 * out.
 */
public final class HistogramBuckets {
  private static final double LEAST = 1e-12;
  private static final double MOST = 1e20;
  private static final double GROWTH = 1.1;

  /** Upper limits, ascending; a bucket holds what is below its limit and not below the last one. */
  private static final double[] LIMITS = limits();

  private final long[] counts = new long[LIMITS.length];
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private long count;
  private double sum;
  private double squares;

  private static double[] limits() {
    double[] positive =
        DoubleStream.iterate(LEAST, limit -> limit < MOST, limit -> limit * GROWTH).toArray();
    int side = positive.length;
    double[] limits = new double[2 * side + 2];
    for (int i = 0; i < side; i++) {
      limits[i] = -positive[side - 1 - i];
      limits[side + 1 + i] = positive[i];
    }
    limits[limits.length - 1] = Double.MAX_VALUE;
    return limits;
  }

  /** Counts these numbers too. */
  public HistogramBuckets add(float[] values) {
    for (float value : values) {
      if (Float.isFinite(value)) {
        add(value);
      }
    }
    return this;
  }

  private void add(double value) {
    int found = Arrays.binarySearch(LIMITS, value == 0 ? 0.0 : value); // -0 is 0
    counts[found >= 0 ? found + 1 : -found - 1]++;
    count++;
    sum += value;
    squares += value * value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  /**
   * TensorFlow's {@code HistogramProto}: fields 1 to 5 are minimum, maximum, count, sum and sum of
   * squares; 6 and 7 are limits and counts of buckets. Of empty buckets in a row the last one alone
   * is written.
   */
  Message message() {
    int[] kept = kept();
    Message message = new Message();
    message.put(1, count == 0 ? 0 : least).put(2, count == 0 ? 0 : most);
    message.put(3, (double) count).put(4, sum).put(5, squares);
    message.put(6, Arrays.stream(kept).mapToDouble(i -> LIMITS[i]).toArray());
    return message.put(7, Arrays.stream(kept).mapToDouble(i -> counts[i]).toArray());
  }

  private int[] kept() {
    int last = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).max().orElse(0);
    return IntStream.rangeClosed(0, last)
        .filter(i -> counts[i] > 0 || counts[Math.min(i + 1, last)] > 0)
        .toArray();
  }
}
