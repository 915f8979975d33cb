package hgn.frames;

/**
 * Discs of whole pixels on black, blurred, then the background added and the sum clipped at 1.
 *
 * <p>A disc has an integer centre (truncated) and an integer radius r; its row at distance d from
 * the centre extends floor(sqrt(r^2 - d^2)) pixels to each side. The filter runs on exact integers,
 * with the three channels of a pixel packed into one number, and only on pixels near a disc.
 *
 * <p>Since centre and radius are integers, a disc away from the edge and from other discs looks the
 * same at every position: it is a {@link BlurredDisc}, filtered once and then copied.
 */
abstract class BlurredRenderer extends DiscRenderer {
  /** Bits per channel, for its level times the blur's weights. */
  private static final int BITS = 16;

  private static final int MASK = (1 << BITS) - 1;

  private final Blur blur;
  private final BlurredDiscs known = new BlurredDiscs();

  BlurredRenderer(int resolution, Palette palette, Blur blur) {
    super(resolution, palette);
    this.blur = blur;
  }

  /** The blur of the discs. */
  final Blur blur() {
    return blur;
  }

  /** Returns the pixel that contains the coordinate. */
  @Override
  final float drawnAt(double pixels) {
    return (int) pixels;
  }

  @Override
  public final void draw(float[] scene, float[] dst, int offset) {
    clear(scene, dst, offset);
    if (BlurredDisc.areApart(scene, resolution(), blur)) {
      for (int disc = Scene.DISCS; disc < scene.length; disc += Scene.DISC) {
        known.of(this, scene, disc).copy(scene, disc, dst, offset, resolution());
      }
    } else {
      filter(scene, dst, offset);
    }
  }

  /** Draws discs that may touch each other or an edge, on an empty frame. */
  final void filter(float[] scene, float[] dst, int offset) {
    long[] discs = new long[resolution() * resolution()];
    for (int disc = Scene.DISCS; disc < scene.length; disc += Scene.DISC) {
      fill(discs, scene, disc);
    }
    for (int disc = Scene.DISCS; disc < scene.length; disc += Scene.DISC) {
      blur(discs, scene, disc, dst, offset);
    }
  }

  /** Sets the pixels of a disc to its colour. */
  private void fill(long[] discs, float[] scene, int disc) {
    int column = (int) scene[disc + Scene.X];
    int row = (int) scene[disc + Scene.Y];
    int radius = (int) scene[disc + Scene.RADIUS];
    long colour = 0;
    for (int c = 0; c < Palette.CHANNELS; c++) {
      colour |= (long) scene[disc + Scene.COLOUR + c] << BITS * c;
    }
    int last = resolution() - 1;
    for (int i = Math.max(0, row - radius); i <= Math.min(last, row + radius); i++) {
      int half = (int) Math.sqrt(radius * radius - (i - row) * (i - row));
      int from = Math.max(0, column - half);
      int to = Math.min(last, column + half);
      for (int j = from; j <= to; j++) {
        discs[i * resolution() + j] = colour;
      }
    }
  }

  /**
   * Writes every pixel that a disc's blur reaches; pixels of overlapping discs are written twice
   * with the same value.
   */
  private void blur(long[] discs, float[] scene, int disc, float[] dst, int offset) {
    int radius = (int) scene[disc + Scene.RADIUS];
    int column = (int) scene[disc + Scene.X];
    int row = (int) scene[disc + Scene.Y];
    int size = resolution();
    int left = first(column - radius);
    int right = Math.min(size - 1, column + radius + blur.after());
    int bottom = Math.min(size - 1, row + radius + blur.after());
    int[] columns = new int[Blur.TAPS * Math.max(0, right - left + 1)];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = blur.source(left + i / Blur.TAPS, i % Blur.TAPS, size);
    }
    int inner = blur.weight(1);
    for (int i = first(row - radius); i <= bottom; i++) {
      int above = size * blur.source(i, 0, size);
      int level = size * blur.source(i, 1, size);
      int below = size * blur.source(i, 2, size);
      for (int j = left; j <= right; j++) {
        int tap = Blur.TAPS * (j - left);
        int a = columns[tap];
        int b = columns[tap + 1];
        int c = columns[tap + 2];
        long sums =
            discs[above + a]
                + inner * discs[above + b]
                + discs[above + c]
                + inner * (discs[level + a] + inner * discs[level + b] + discs[level + c])
                + discs[below + a]
                + inner * discs[below + b]
                + discs[below + c];
        if (sums != 0) {
          write(sums, scene, dst, offset + (i * size + j) * Palette.CHANNELS);
        }
      }
    }
  }

  /** Returns the first pixel whose blur reads pixel {@code begin}; pixel 0 may read pixel 1 too. */
  private int first(int begin) {
    return begin <= 1 ? 0 : begin - blur.before();
  }

  private void write(long sums, float[] scene, float[] dst, int pixel) {
    for (int c = 0; c < Palette.CHANNELS; c++) {
      dst[pixel + c] = blur.fraction(scene[c], sums >>> BITS * c & MASK);
    }
  }
}
