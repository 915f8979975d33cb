package hgn.frames;

/** The colours of the published data set, in levels from 0 to 255. */
final class Palette {
  /** Channels of a frame: red, green, blue. */
  static final int CHANNELS = 3;

  private static final int MOST = 255;
  private static final int[] BACKGROUND = {81, 88, 93};
  private static final int[][] DISCS = {{173, 146, 0}, {173, 0, 0}, {0, 146, 0}};

  private Palette() {}

  /**
   * Channel {@code c} of disc colour {@code colour}; 0 is yellow, 1 red, 2 green.
   *
   * @throws IllegalArgumentException if there is no such colour
   */
  static int disc(int colour, int c) {
    if (colour < 0 || colour >= DISCS.length) {
      throw new IllegalArgumentException(
          "[frames] body colour " + colour + " is none of 0 (yellow), 1 (red), 2 (green)");
    }
    return DISCS[colour][c];
  }

  /** Channel {@code c} of the background. */
  static int background(int c) {
    return BACKGROUND[c];
  }

  /** What a frame holds for a level: its fraction of 255, at most 1. */
  static float fraction(double level) {
    return (float) Math.min(MOST, level) / MOST;
  }
}
