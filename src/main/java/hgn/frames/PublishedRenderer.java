package hgn.frames;

/**
 * The frames of the published data set, bit for bit in float32.
 *
 * <p>A disc has integer centre (truncated) and integer radius r; its row at distance d from the
 * centre reaches floor(sqrt(r^2 - d^2)) pixels to each side. The discs on black are blurred twice
 * by out[i] = (in[i-1] + in[i]) / 2 in both directions, in[-1] read as in[1] (so the picture moves
 * half a pixel right and down each time), then the background is added and the sum clipped at 1.
 *
 * <p>The two blurs together are the separable filter (1, 2, 1) / 4 on in[i-2], in[i-1], in[i]; at
 * the edge the reading rule makes out[0] = out[1] and in[-1] = in[1]. The filter runs on exact
 * integers, the three channels of a pixel in one number, and only on pixels that a disc reaches.
 *
 * <p>As centre and radius are whole, a disc that lies clear of the reading rule and of other discs
 * is the same picture wherever it is: a {@link BlurredDisc}, filtered once and then copied.
 */
public final class PublishedRenderer extends DiscRenderer {
  static final String NAME = "published";

  /** Sum of the filter's 3 x 3 integer weights. */
  private static final float WEIGHTS = 16;

  /** For a channel's level times {@link #WEIGHTS}. */
  private static final int BITS = 16;

  private static final int MASK = (1 << BITS) - 1;

  private final BlurredDiscs known = new BlurredDiscs();

  /** A renderer of {@code resolution} x {@code resolution} frames; the published data has 32. */
  public PublishedRenderer(int resolution) {
    super(resolution);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The pixel in which it lies. */
  @Override
  float drawnAt(double pixels) {
    return (int) pixels;
  }

  @Override
  public void draw(float[] scene, float[] dst, int offset) {
    clear(scene, dst, offset);
    if (BlurredDisc.areApart(scene, resolution())) {
      for (int disc = Scene.DISCS; disc < scene.length; disc += Scene.DISC) {
        known.of(this, scene, disc).copy(scene, disc, dst, offset, resolution());
      }
    } else {
      filter(scene, dst, offset);
    }
  }

  /** Draws discs that may touch one another or the left and upper edge, on an empty frame. */
  void filter(float[] scene, float[] dst, int offset) {
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
   * Writes every pixel to which a disc's blur can reach; where discs overlap, twice with the same
   * value.
   */
  private void blur(long[] discs, float[] scene, int disc, float[] dst, int offset) {
    int column = (int) scene[disc + Scene.X];
    int row = (int) scene[disc + Scene.Y];
    int radius = (int) scene[disc + Scene.RADIUS];
    int resolution = resolution();
    int left = first(column - radius);
    int right = Math.min(resolution - 1, column + radius + 2);
    for (int i = first(row - radius); i <= Math.min(resolution - 1, row + radius + 2); i++) {
      int at = Math.max(i, 1);
      int now = at * resolution;
      int before = now - resolution;
      int beforeThat = Math.abs(at - 2) * resolution;
      for (int j = left; j <= right; j++) {
        int c = Math.max(j, 1);
        int l = c - 1;
        int ll = Math.abs(c - 2);
        long sums =
            discs[now + c]
                + 2 * discs[now + l]
                + discs[now + ll]
                + 2 * (discs[before + c] + 2 * discs[before + l] + discs[before + ll])
                + discs[beforeThat + c]
                + 2 * discs[beforeThat + l]
                + discs[beforeThat + ll];
        if (sums != 0) {
          write(sums, scene, dst, offset + (i * resolution + j) * Palette.CHANNELS);
        }
      }
    }
  }

  /** Pixel 0 looks at pixel 1 too, so a disc that begins there reaches it. */
  private static int first(int begin) {
    return begin <= 1 ? 0 : begin;
  }

  private static void write(long sums, float[] scene, float[] dst, int pixel) {
    for (int c = 0; c < Palette.CHANNELS; c++) {
      dst[pixel + c] = Palette.fraction(scene[c] + (sums >>> BITS * c & MASK) / WEIGHTS);
    }
  }
}
