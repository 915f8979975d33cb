package hgn.films.source;

import java.util.Locale;

/**
 * One frame in its original size.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param channels 1 for gray, 3 for red, green, blue
 * @param values (height, width, channels), in [0, 1]; owned by the frame
 * @param state the true state (q, p), or null if unknown
 */
public record Frame(int width, int height, int channels, float[] values, double[] state) {
  /** Maximum width or height in pixels. */
  public static final int LONGEST_SIDE = 1 << 14;

  /** A frame without a known state. */
  public Frame(int width, int height, int channels, float[] values) {
    this(width, height, channels, values, null);
  }

  /** Checks that the arguments are consistent. */
  public Frame {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("[films] " + channels + " channels; use 1 or 3");
    }
    if (values.length != width * height * channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[films] %d values for a frame of %dx%d with %d channels",
              values.length,
              width,
              height,
              channels));
    }
  }

  /** Creates a frame from bytes, divided by 255. */
  public static Frame ofBytes(int width, int height, int channels, byte[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] & 0xff) / 255f;
    }
    return new Frame(width, height, channels, values);
  }
}
