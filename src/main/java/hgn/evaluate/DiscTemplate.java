package hgn.evaluate;

import hgn.frames.Renderer;
import java.util.Arrays;
import org.hipparchus.special.Erf;

/**
 * Templates of one body's disc, alone on the background, at every quarter of a pixel and several
 * levels of sharpness. All are derived from rendered pictures, so that no assumptions are made
 * about colours, blur or rounding.
 *
 * <p>The sharpest template is the rendered disc. A model trained on noisy films draws an average of
 * such pictures, wider and fainter but with the same total light. The other templates are averages
 * over positions: uniform within a pixel, since a learnt disc moves smoothly where a rendered one
 * may jump between pixels, and normal with increasing deviation.
 */
final class DiscTemplate {
  /** Red, green and blue. */
  static final int COLOURS = 3;

  /** Positions per pixel along an axis. */
  static final int FINE = 4;

  /** Averages extend to this many standard deviations. */
  private static final double REACH = 2.5;

  /** Additional smearing of a disc beyond the noise, as a fraction of its radius. */
  private static final double BLURRED = 0.15;

  /** Minimum coverage of a pixel that counts for finding a disc. */
  private static final double FAINT = 0.1;

  private final Renderer renderer;
  private final float[] scene;
  private final double[] colour = new double[COLOURS];
  private final int reach;
  private final float[][][] light;
  private final float[][][] cover;
  private final double[] energy;
  private final double area;
  private final int[] core;

  /**
   * Creates the templates of a disc with normal noise of standard deviation {@code noise} pixels
   * along each axis.
   *
   * @param scene background and only this disc, see {@link Renderer#describe}; modified
   */
  DiscTemplate(Renderer renderer, float[] scene, double noise) {
    this.renderer = renderer;
    this.scene = scene;
    int centre = renderer.resolution() / 2;
    int most = centre - 1;
    float[] drawn = picture(centre + 0.5, centre + 0.5, most);
    brightest(drawn);
    int drawnReach = reachOf(drawn, most);
    double radius = Math.sqrt(sum(coverOf(drawn)) / Math.PI);
    double widest = Math.hypot(noise, BLURRED * radius);
    double[] deviations = {0, widest / 2, widest};
    double margin = 0.5 + REACH * widest;
    reach = Math.min(most, drawnReach + (int) Math.ceil(margin));
    light = new float[1 + deviations.length][][];
    light[0] = drawnLooks(centre);
    Lattice lattice = new Lattice(centre, margin);
    for (int s = 0; s < deviations.length; s++) {
      light[1 + s] = lattice.averages(deviations[s]);
    }
    cover =
        Arrays.stream(light)
            .map(looks -> Arrays.stream(looks).map(this::coverOf).toArray(float[][]::new))
            .toArray(float[][][]::new);
    energy = Arrays.stream(light).mapToDouble(looks -> squares(middle(looks))).toArray();
    area = sum(middle(cover[0]));
    core = coreOf(middle(cover[typical()]));
  }

  /** Number of sharpness levels; 0 is the sharpest. */
  int sharpnesses() {
    return light.length;
  }

  /** The sharpness expected of a trained model. */
  int typical() {
    return light.length - 2;
  }

  /** Pixels of a template to each side of the centre's pixel. */
  int reach() {
    return reach;
  }

  /** Width and height of a template in pixels. */
  int side() {
    return 2 * reach + 1;
  }

  /**
   * The disc minus the background, (side, side, 3), centred on the pixel that contains the
   * position.
   *
   * @param x position in subpixels, of which only the fractional part of a pixel matters
   */
  float[] light(int sharpness, int x, int y) {
    return light[sharpness][part(x, y)];
  }

  /** The disc's opacity from 0 to 1, (side, side). */
  float[] cover(int sharpness, int x, int y) {
    return cover[sharpness][part(x, y)];
  }

  private static int part(int x, int y) {
    return Math.floorMod(y, FINE) * FINE + Math.floorMod(x, FINE);
  }

  private static float[] middle(float[][] looks) {
    return looks[part(FINE / 2, FINE / 2)];
  }

  /** Sum of squares of the light. */
  double energy(int sharpness) {
    return energy[sharpness];
  }

  /** Pixels that the disc covers. */
  double area() {
    return area;
  }

  /** The template of a disc in the middle of a pixel at the typical sharpness. */
  float[] template() {
    return middle(light[typical()]);
  }

  /** Indices of the pixels of {@link #template} with sufficient coverage. */
  int[] core() {
    return core;
  }

  private static int[] coreOf(float[] covered) {
    int[] indices = new int[covered.length];
    int count = 0;
    for (int i = 0; i < covered.length; i++) {
      if (covered[i] > FAINT) {
        indices[count++] = i;
      }
    }
    return Arrays.copyOf(indices, count);
  }

  private float[][] drawnLooks(int centre) {
    float[][] looks = new float[FINE * FINE][];
    for (int y = 0; y < FINE; y++) {
      for (int x = 0; x < FINE; x++) {
        double right = centre + x / (double) FINE;
        looks[part(x, y)] = picture(right, centre + y / (double) FINE, reach);
      }
    }
    return looks;
  }

  /** The light of the disc at a position, within {@code around} pixels of the picture's centre. */
  private float[] picture(double x, double y, int around) {
    int resolution = renderer.resolution();
    float[] frame = new float[renderer.frameLength()];
    scene[COLOURS] = (float) x;
    scene[COLOURS + 1] = (float) y;
    renderer.draw(scene, frame, 0);
    int side = 2 * around + 1;
    int first = resolution / 2 - around;
    float[] light = new float[side * side * COLOURS];
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        for (int c = 0; c < COLOURS; c++) {
          int pixel = ((first + i) * resolution + first + j) * COLOURS + c;
          light[(i * side + j) * COLOURS + c] = frame[pixel] - scene[c] / 255;
        }
      }
    }
    return light;
  }

  /** Uses the light of the disc's brightest pixel as its colour. */
  private void brightest(float[] drawn) {
    double best = 0;
    for (int i = 0; i < drawn.length; i += COLOURS) {
      double square = 0;
      for (int c = 0; c < COLOURS; c++) {
        square += drawn[i + c] * drawn[i + c];
      }
      if (square > best) {
        best = square;
        for (int c = 0; c < COLOURS; c++) {
          colour[c] = drawn[i + c];
        }
      }
    }
  }

  /** Extent of the visible disc from the centre, in a template of extent {@code around}. */
  private static int reachOf(float[] drawn, int around) {
    int side = 2 * around + 1;
    int furthest = 0;
    for (int i = 0; i < drawn.length; i++) {
      if (Math.abs(drawn[i]) > 1e-3) {
        int pixel = i / COLOURS;
        int away = Math.max(Math.abs(pixel / side - around), Math.abs(pixel % side - around));
        furthest = Math.max(furthest, away);
      }
    }
    return furthest;
  }

  private float[] coverOf(float[] drawn) {
    float[] covered = new float[drawn.length / COLOURS];
    for (int i = 0; i < covered.length; i++) {
      covered[i] = (float) Math.max(0, Math.min(1, coverage(drawn, i)));
    }
    return covered;
  }

  /** The fraction of the disc's colour in a pixel of {@code light}; 1 for the disc itself. */
  double coverage(float[] light, int pixel) {
    double square = 0;
    double product = 0;
    for (int c = 0; c < COLOURS; c++) {
      square += colour[c] * colour[c];
      product += light[pixel * COLOURS + c] * colour[c];
    }
    return product / square;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum;
  }

  /** Pictures of the disc at positions around the centre, at odd eighths of a pixel. */
  private final class Lattice {
    private final int first;
    private final int count;
    private final float[][] pictures;

    Lattice(int centre, double margin) {
      first = -(int) Math.ceil(margin * FINE);
      count = FINE - 2 * first;
      pictures = new float[count * count][];
      for (int k = 0; k < pictures.length; k++) {
        pictures[k] = picture(centre + at(k % count), centre + at(k / count), reach);
      }
    }

    private double at(int k) {
      return (first + k + 0.5) / FINE;
    }

    /**
     * Averages of the pictures around each position, over a pixel's width and the given deviation.
     */
    float[][] averages(double deviation) {
      float[][] looks = new float[FINE * FINE][];
      for (int y = 0; y < FINE; y++) {
        double[] down = weights(y / (double) FINE, deviation);
        for (int x = 0; x < FINE; x++) {
          looks[part(x, y)] = average(down, weights(x / (double) FINE, deviation));
        }
      }
      return looks;
    }

    private float[] average(double[] down, double[] right) {
      double[] sums = new double[pictures[0].length];
      for (int k = 0; k < pictures.length; k++) {
        double weight = down[k / count] * right[k % count];
        for (int i = 0; weight > 0 && i < sums.length; i++) {
          sums[i] += weight * pictures[k][i];
        }
      }
      float[] look = new float[sums.length];
      for (int i = 0; i < look.length; i++) {
        look[i] = (float) sums[i];
      }
      return look;
    }

    /**
     * Density at each position of a uniform distribution over a pixel convolved with a normal one.
     */
    private double[] weights(double place, double deviation) {
      double[] weights = new double[count];
      double total = 0;
      for (int k = 0; k < count; k++) {
        double away = at(k) - place;
        weights[k] = below(away + 0.5, deviation) - below(away - 0.5, deviation);
        total += weights[k];
      }
      for (int k = 0; k < count; k++) {
        weights[k] /= total;
      }
      return weights;
    }

    private double below(double x, double deviation) {
      return deviation == 0 ? x < 0 ? 0 : 1 : (1 + Erf.erf(x / (deviation * Math.sqrt(2)))) / 2;
    }
  }
}
