package hgn.films.source;

/**
 * One frame as it was read.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 for gray, 3 for red, green, blue
 * @param values (height, width, channels), in [0, 1]; owned by the frame
 * @param state the true state (q, p) that it shows; null if nobody knows it
 */
public record Frame(int width, int height, int channels, float[] values, double[] state) {
  /** Most pixels along a side. */
  public static final int LONGEST_SIDE = 1 << 14;

  /** A frame of which no state is known. */
  public Frame(int width, int height, int channels, float[] values) {
    this(width, height, channels, values, null);
  }

  /** Checks that all belongs together. */
  public Frame {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("[films] " + channels + " channels; use 1 or 3");
    }
    if (values.length != width * height * channels) {
      throw new IllegalArgumentException(
          "[films] %d values for a frame of %dx%d with %d channels"
              .formatted(values.length, width, height, channels));
    }
  }

  /** A frame of bytes, of which 255 is 1. */
  public static Frame ofBytes(int width, int height, int channels, byte[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] & 0xff) / 255f;
    }
    return new Frame(width, height, channels, values);
  }
}
