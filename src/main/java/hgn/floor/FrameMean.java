package hgn.floor;

import java.util.Arrays;

/** The mean of some frames of one instant, and how much they vary. */
final class FrameMean {
  private final double[] sum;
  private double squares;
  private int frames;

  /** Of no frame yet. */
  FrameMean(int frameLength) {
    sum = new double[frameLength];
  }

  /** Forgets all frames. */
  void clear() {
    Arrays.fill(sum, 0);
    squares = 0;
    frames = 0;
  }

  /** Takes in a frame. */
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

  /** The variance of the frames, mean over pixels, without bias; of at least two. */
  double variance() {
    double ofMean = 0;
    for (double s : sum) {
      ofMean += s / frames * s / frames;
    }
    return Math.max(0, (squares / frames - ofMean) / sum.length * frames / (frames - 1));
  }

  /** What the mean of so few frames errs by, squared: it adds to any squared distance from it. */
  double uncertainty() {
    return variance() / frames;
  }

  /** Mean squared difference of a pixel between this mean and a frame. */
  double distance(float[] frame) {
    double total = 0;
    for (int i = 0; i < sum.length; i++) {
      double difference = sum[i] / frames - frame[i];
      total += difference * difference;
    }
    return total / sum.length;
  }

  /** Mean squared difference of a pixel between two means. */
  double distance(FrameMean other) {
    double total = 0;
    for (int i = 0; i < sum.length; i++) {
      double difference = sum[i] / frames - other.sum[i] / other.frames;
      total += difference * difference;
    }
    return total / sum.length;
  }
}
