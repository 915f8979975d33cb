package hgn.frames;

import java.util.stream.IntStream;

/** Colours of a data set, in levels from 0 to 255. */
enum Palette {
  /** The colours of the released code since December 2020. */
  PUBLISHED(new int[] {81, 88, 93}, new int[][] {{173, 146, 0}, {173, 0, 0}, {0, 146, 0}}),
  /** The colours of the released code in October 2020, when the paper's tables were made. */
  TABLE1(new int[] {80, 80, 80}, new int[][] {{255, 255, 0}, {255, 0, 0}, {0, 255, 0}});

  /** Channels of a frame: red, green, blue. */
  static final int CHANNELS = 3;

  private static final int MOST = 255;

  private final int[] background;
  private final int[][] discs;

  Palette(int[] background, int[][] discs) {
    this.background = background;
    this.discs = discs;
  }

  /**
   * Channel {@code c} of disc colour {@code colour}; 0 is yellow, 1 red, 2 green.
   *
   * @throws IllegalArgumentException if there is no such colour
   */
  int disc(int colour, int c) {
    if (colour < 0 || colour >= discs.length) {
      throw new IllegalArgumentException(
          "[frames] body colour " + colour + " is none of 0 (yellow), 1 (red), 2 (green)");
    }
    return discs[colour][c];
  }

  /** Channel {@code c} of the background. */
  int background(int c) {
    return background[c];
  }

  /** Mean of the background's channels, as a fraction of 255. */
  double backgroundLevel() {
    return IntStream.of(background).sum() / (CHANNELS * (double) MOST);
  }

  /**
   * Returns the value of a frame for a level that a float represents exactly: level / 255, at most
   * 1.
   */
  static float fraction(double level) {
    return (float) Math.min(MOST, level) / MOST;
  }

  /** The same for any level, rounded once. */
  static float roundedFraction(double level) {
    return (float) (Math.min(MOST, level) / MOST);
  }
}
