package hgn.frames;

import hgn.physics.PhysicalSystem;

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
 * integer counts of each colour, 8 bits a colour, and only on pixels that a disc reaches.
 */
public final class PublishedRenderer implements Renderer {
  static final String NAME = "published";

  /** Sum of the filter's 3 x 3 integer weights. */
  private static final double WEIGHTS = 16;

  private static final int BITS = 8;
  private static final int MASK = (1 << BITS) - 1;

  private final int resolution;
  private final float[] empty;

  /** A renderer of {@code resolution} x {@code resolution} frames; the published data has 32. */
  public PublishedRenderer(int resolution) {
    this.resolution = Renderers.checkedResolution(resolution);
    this.empty = Palette.emptyFrame(resolution);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int resolution() {
    return resolution;
  }

  @Override
  public void draw(PhysicalSystem system, double[] q, float[] dst, int offset) {
    System.arraycopy(empty, 0, dst, offset, empty.length);
    int bodies = system.bodies();
    double[] xy = new double[2 * bodies];
    system.centres(q, xy);
    int[] discs = new int[resolution * resolution];
    for (int b = 0; b < bodies; b++) {
      fill(
          discs,
          pixel(xy[2 * b], system),
          pixel(xy[2 * b + 1], system),
          Renderers.radius(system, b, resolution),
          1 << BITS * system.bodyColour(b));
    }
    for (int b = 0; b < bodies; b++) {
      blur(
          discs,
          pixel(xy[2 * b], system),
          pixel(xy[2 * b + 1], system),
          Renderers.radius(system, b, resolution),
          dst,
          offset);
    }
  }

  private int pixel(double x, PhysicalSystem system) {
    return (int) Renderers.toPixels(x, system, resolution);
  }

  /** Sets the pixels of a disc to {@code colour}, a one in that colour's bits. */
  private void fill(int[] discs, int column, int row, int radius, int colour) {
    for (int i = Math.max(0, row - radius); i <= Math.min(resolution - 1, row + radius); i++) {
      int half = (int) Math.sqrt(radius * radius - (i - row) * (i - row));
      int from = Math.max(0, column - half);
      int to = Math.min(resolution - 1, column + half);
      for (int j = from; j <= to; j++) {
        discs[i * resolution + j] = colour;
      }
    }
  }

  /**
   * Writes every pixel to which a disc's blur can reach; where discs overlap, twice with the same
   * value.
   */
  private void blur(int[] discs, int column, int row, int radius, float[] dst, int offset) {
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
        int counts =
            discs[now + c]
                + 2 * discs[now + l]
                + discs[now + ll]
                + 2 * (discs[before + c] + 2 * discs[before + l] + discs[before + ll])
                + discs[beforeThat + c]
                + 2 * discs[beforeThat + l]
                + discs[beforeThat + ll];
        if (counts != 0) {
          write(counts, dst, offset + (i * resolution + j) * Palette.CHANNELS);
        }
      }
    }
  }

  /** Pixel 0 looks at pixel 1 too, so a disc that begins there reaches it. */
  private static int first(int begin) {
    return begin <= 1 ? 0 : begin;
  }

  private static void write(int counts, float[] dst, int pixel) {
    for (int c = 0; c < Palette.CHANNELS; c++) {
      double light = 0;
      for (int colour = 0; colour < Palette.size(); colour++) {
        light += (counts >>> BITS * colour & MASK) * Palette.disc(colour, c);
      }
      dst[pixel + c] = Palette.onBackground(c, light / WEIGHTS);
    }
  }
}
