package hgn.explore;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Numbers as JSON takes them. */
final class Numbers {
  private static final int CHANNELS = 3;
  private static final int MOST = 255;

  private Numbers() {}

  /** Returns the number, or null where it is not finite. */
  static Double of(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Returns the numbers, with null for those that are not finite. */
  static List<Double> of(double[] values) {
    List<Double> all = new ArrayList<>(values.length);
    for (double value : values) {
      all.add(of(value));
    }
    return all;
  }

  /** Returns rows of numbers, with null for a row that is null. */
  static List<List<Double>> of(double[][] rows) {
    List<List<Double>> all = new ArrayList<>(rows.length);
    for (double[] row : rows) {
      all.add(row == null ? null : of(row));
    }
    return all;
  }

  /**
   * Returns frames as bytes of red, green and blue, in Base64.
   *
   * @param frames values meant to be in [0, 1]
   * @param channels 1 for gray, or 3
   */
  static String frames(float[] frames, int channels) {
    byte[] bytes = new byte[frames.length / channels * CHANNELS];
    for (int i = 0; i < bytes.length; i++) {
      float value = frames[channels == CHANNELS ? i : i / CHANNELS];
      bytes[i] = (byte) Math.round(MOST * Math.max(0, Math.min(1, value)));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
