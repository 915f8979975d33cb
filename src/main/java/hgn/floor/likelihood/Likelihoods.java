package hgn.floor.likelihood;

import hgn.physics.PhasePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The likelihood P(frame | q) of noise and rendering, a product over the blocks of coordinates.
 *
 * <p>If discs are drawn at whole pixels, a frame reveals the pixels of their centres, and its
 * probability is that of all noisy q that lead there. If discs are drawn at subpixel positions, a
 * frame reveals the noisy q, whose density is normal. (The normal density is also used if several
 * coordinates determine a disc outside the picture, which overstates the information; this does not
 * affect systems that stay within the picture.)
 */
public final class Likelihoods {
  /** Maximum coordinates in a block; more would need too many boxes. */
  private static final int MAX_TOGETHER = 3;

  /** Margin of a coordinate's line beyond the observed range of motions, in standard deviations. */
  private static final double MARGIN = 10;

  private final Observation view;
  private final List<Block> blocks;
  private final List<LineCells> lines = new ArrayList<>();

  /**
   * Creates the likelihoods of a system.
   *
   * @throws IllegalArgumentException if too many coordinates together determine a disc
   */
  public Likelihoods(Observation view, List<double[]> probes, double sigma) {
    this.view = view;
    this.blocks = Block.of(view, probes, sigma);
    for (Block block : blocks) {
      int together = block.axes().length;
      if (together > MAX_TOGETHER && view.isWhole()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                ("[floor] %s: %d coordinates together move a disc, and the floor is computed for at most"
                    + " %d; draw by fewer, or with the smooth renderer"),
                view.system().name(),
                together,
                MAX_TOGETHER));
      }
      lines.add(together == 1 ? line(block, probes, sigma) : null);
    }
  }

  private LineCells line(Block block, List<double[]> probes, double sigma) {
    int j = block.axes()[0].index();
    double low = probes.stream().mapToDouble(q -> q[j]).min().orElseThrow();
    double high = probes.stream().mapToDouble(q -> q[j]).max().orElseThrow();
    double margin = MARGIN * sigma + (high - low) / 4;
    return new LineCells(view, block, probes.get(0), low - margin, high + margin);
  }

  /** The likelihood of the first frames of a film, given the noisy states that they show. */
  public ClipLikelihood of(PhasePath drawn, int frames) {
    FrameLikelihood[][] all = new FrameLikelihood[frames][];
    double[] q = new double[drawn.degreesOfFreedom()];
    for (int t = 0; t < frames; t++) {
      drawn.readQ(t, q);
      int[] told = view.told(q);
      List<FrameLikelihood> sights = new ArrayList<>();
      for (int b = 0; b < blocks.size(); b++) {
        Block block = blocks.get(b);
        if (Arrays.stream(block.centres()).anyMatch(k -> told[k] != Observation.UNTOLD)) {
          sights.add(sight(block, lines.get(b), told, q));
        }
      }
      all[t] = sights.toArray(FrameLikelihood[]::new);
    }
    return new ClipLikelihood(q.length, all);
  }

  private FrameLikelihood sight(Block block, LineCells line, int[] told, double[] q) {
    boolean outside = Arrays.stream(block.centres()).anyMatch(k -> Observation.isOutside(told[k]));
    if (!view.isWhole() && (!outside || line == null)) {
      double[] seen = Arrays.stream(block.axes()).mapToDouble(axis -> q[axis.index()]).toArray();
      return new PointLikelihood(block.axes(), seen);
    }
    List<double[]> boxes = line == null ? List.of() : line.agreeing(told);
    return new BoxLikelihood(
        block.axes(),
        boxes.isEmpty() ? new GridCells(view, block, q.clone(), told).boxes() : boxes);
  }
}
