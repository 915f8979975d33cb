package hgn.frames;

/** The colours of the published data set, as fractions of 255. */
final class Palette {
  /** Channels of a frame: red, green, blue. */
  static final int CHANNELS = 3;

  private static final double[] BACKGROUND = rgb(81, 88, 93);
  private static final double[][] DISCS = {rgb(173, 146, 0), rgb(173, 0, 0), rgb(0, 146, 0)};

  private Palette() {}

  /** How many disc colours there are: yellow, red, green. */
  static int size() {
    return DISCS.length;
  }

  /** Channel {@code c} of disc colour {@code colour}; 0 is yellow, 1 red, 2 green. */
  static double disc(int colour, int c) {
    return DISCS[colour][c];
  }

  /** Channel {@code c} of the background. */
  static double background(int c) {
    return BACKGROUND[c];
  }

  /**
   * What a light of strength {@code light} in channel {@code c} looks like on the background: their
   * sum, at most 1.
   */
  static float onBackground(int c, double light) {
    return (float) Math.min(1, BACKGROUND[c] + light);
  }

  /** An empty frame of {@code resolution} x {@code resolution} pixels. */
  static float[] emptyFrame(int resolution) {
    float[] frame = new float[resolution * resolution * CHANNELS];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (float) BACKGROUND[i % CHANNELS];
    }
    return frame;
  }

  private static double[] rgb(int red, int green, int blue) {
    return new double[] {red / 255.0, green / 255.0, blue / 255.0};
  }
}
