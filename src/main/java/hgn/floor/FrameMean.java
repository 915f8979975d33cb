package hgn.floor;

import java.util.Arrays;

/** Mean and variance of frames at one time. */
final class FrameMean {
  private final double[] sum;
  private double squares;
  private int frames;

  /** Creates an empty mean. */
  FrameMean(int frameLength) {
    sum = new double[frameLength];
  }

  /** Removes all frames. */
  void clear() {
    Arrays.fill(sum, 0);
    squares = 0;
    frames = 0;
  }

  /** Adds a frame. */
  void add(float[] frame) {
    double total = 0;
    for (int i = 0; i < sum.length; i++) {
      double value = frame[i];
      sum[i] += value;
      total += value * value;
    }
    squares += total;
    frames++;
  }

  /** The unbiased variance of at least two frames, mean over pixels. */
  double variance() {
    double ofMean = 0;
    for (double s : sum) {
      ofMean += s / frames * s / frames;
    }
    return Math.max(0, (squares / frames - ofMean) / sum.length * frames / (frames - 1));
  }

  /** Expected squared error of the mean, which adds to any squared distance from it. */
  double uncertainty() {
    return variance() / frames;
  }

  /** Mean squared difference per pixel between this mean and a frame. */
  double distance(float[] frame) {
    double total = 0;
    for (int i = 0; i < sum.length; i++) {
      double difference = sum[i] / frames - frame[i];
      total += difference * difference;
    }
    return total / sum.length;
  }

  /** Mean squared difference per pixel between two means. */
  double distance(FrameMean other) {
    double total = 0;
    for (int i = 0; i < sum.length; i++) {
      double difference = sum[i] / frames - other.sum[i] / other.frames;
      total += difference * difference;
    }
    return total / sum.length;
  }
}
