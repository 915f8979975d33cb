package hgn.frames;

/**
 * A blur by a separable filter of three taps in each direction, with its rule for reading beyond
 * the edge of the picture. Weights are integers, so that sums of levels are exact.
 */
enum Blur {
  /**
   * out[i] = (in[i-1] + in[i]) / 2, applied twice, with in[-1] read as in[1]. Together this is the
   * filter (1, 2, 1) / 4 on in[i-2], in[i-1], in[i] with out[0] = out[1], which shifts the picture
   * by a pixel right and down.
   */
  TWICE_MEAN_OF_FOUR(0, 2, 1, 2, 1) {
    @Override
    int source(int i, int tap, int size) {
      return Math.abs(Math.max(i, 1) - 2 + tap);
    }

    @Override
    float fraction(double background, long sum) {
      return Palette.fraction(background + sum / (float) weights());
    }
  },
  /** The mean of 3 x 3 pixels, in[-1] read as in[1] and in[size] as in[size - 2]. */
  MEAN_OF_NINE(1, 1, 1, 1, 1) {
    @Override
    int source(int i, int tap, int size) {
      int at = i - 1 + tap;
      return at < 0 ? -at : at < size ? at : 2 * (size - 1) - at;
    }

    @Override
    float fraction(double background, long sum) {
      return Palette.roundedFraction(background + sum / (double) weights());
    }
  };

  /** Taps in each direction. */
  static final int TAPS = 3;

  private final int before;
  private final int after;
  private final int[] weights;

  Blur(int before, int after, int... weights) {
    this.before = before;
    this.after = after;
    this.weights = weights;
  }

  /** Pixels by which light spreads to the left, and up. */
  int before() {
    return before;
  }

  /** Pixels by which light spreads to the right, and down. */
  int after() {
    return after;
  }

  /** Weight of a tap, in each direction. */
  int weight(int tap) {
    return weights[tap];
  }

  /** Sum of the weights of all taps in both directions. */
  final int weights() {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return sum * sum;
  }

  /** Which pixel of a line of {@code size} the tap of pixel {@code i} reads. */
  abstract int source(int i, int tap, int size);

  /** Returns the value of a frame for a background level and the weighted sum of disc levels. */
  abstract float fraction(double background, long sum);

  /**
   * Whether the blurred picture of pixels {@code begin} to {@code end} of a line is independent of
   * its position, apart from being cut off at the edge.
   */
  final boolean isClear(int begin, int end, int size) {
    return begin >= 2 && (after == 2 || end < size - 2);
  }
}
