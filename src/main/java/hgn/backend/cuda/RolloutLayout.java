package hgn.backend.cuda;

import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram.Splitting;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The layout of shared memory in a block of the rollout kernel, and the division of its products
 * among threads. Offsets count floats; a row of channels is padded to a multiple of four.
 */
final class RolloutLayout {
  private static final int MAX_SAMPLES = 4;

  /** Sizes tried for the buffer of partial sums, as multiples of the largest result. */
  private static final double[] PARTIALS = {1, 1.5, 2, 4, 8};

  /** Floats that a multiprocessor reads through L2 per cycle. */
  private static final double FLOATS_A_CYCLE = 12;

  /** Latency of such a read in cycles. */
  private static final double LATENCY = 400;

  private final RolloutPlan plan;
  private final int samples;
  private final boolean dual;
  private final RolloutShares shares;
  private final List<Shape> images;
  private final int[] buffers;
  private final int[] biases;
  private final int[] residents;
  private final int[] upShares;
  private final int[] downShares;
  private final RolloutTables lookedUp = new RolloutTables();
  private final List<Product> up = new ArrayList<>();
  private final List<Product> down = new ArrayList<>();
  private int used;
  private int zeros;
  private int mail;
  private int work;
  private int tables;
  private int own;
  private int partial;

  /**
   * One product and its tables.
   *
   * @param rows of the result
   * @param quads channels summed over at each tap, in groups of four
   * @param share columns that a block computes, in quads
   * @param tapQuads size of a tap's weights, in quads; in a cluster, of those of a quad of columns
   * @param weights place of the weights in shared memory, in a cluster
   * @param weightQuads their size in quads, in a cluster
   * @param sources index of the first 16-bit entry of the table that locates the row a tap reads
   * @param places index of the first 16-bit entry of the table that locates a row of the result
   * @param lists index of the first 64-bit entry of the table that lists the taps of a group of
   *     rows
   * @param errands further tables, in a cluster
   * @param keptPlanes that a thread of a cluster keeps of a row: 2 with its tangents
   */
  record Product(
      int rows,
      int quads,
      int share,
      int tapQuads,
      int weights,
      int weightQuads,
      RolloutTile tile,
      int sources,
      int places,
      int lists,
      RolloutTables.Errands errands,
      int keptPlanes) {}

  private RolloutLayout(RolloutPlan plan, int samples, boolean dual, int cluster) {
    this.plan = plan;
    this.samples = samples;
    this.dual = dual;
    shares = new RolloutShares(plan, dual, cluster);
    images = plan.images(samples * (dual ? 2 : 1));
    buffers = new int[images.size()];
    biases = new int[layers()];
    residents = new int[layers()];
    upShares = new int[layers()];
    downShares = new int[layers()];
  }

  /**
   * Returns the layout with the least estimated time for one evaluation of a batch.
   *
   * @param dual whether for the backward kernel, which works on dual numbers
   * @return empty if not one sample fits
   */
  static Optional<RolloutLayout> of(
      RolloutPlan plan, int batch, boolean dual, RolloutDevice device) {
    RolloutLayout best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int cluster : device.clusters()) {
      for (int samples = 1; samples <= Math.min(MAX_SAMPLES, batch); samples++) {
        int waves = over(over(batch, samples), Math.max(1, device.atOnce(cluster)));
        for (double partials : PARTIALS) {
          RolloutLayout layout = new RolloutLayout(plan, samples, dual, cluster);
          if (device.atOnce(cluster) > 0 && layout.fit(device.sharedFloats(), partials)) {
            double cycles = waves * layout.cycles();
            if (cycles < least) {
              least = cycles;
              best = layout;
            }
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static int over(int count, int size) {
    return (count + size - 1) / size;
  }

  /** An estimate of the cycles of one evaluation. */
  double cycles() {
    double sum = 0;
    for (int k = 0; k < layers(); k++) {
      double read =
          !inCluster() && residents[k] < 0 ? LATENCY + weightFloats(k) / FLOATS_A_CYCLE : 0;
      sum += read + up.get(k).tile().cycles(upRows(k), upTerms(k));
      sum += read + down.get(k).tile().cycles(downRows(k), downTerms(k));
      sum += inCluster() ? 0 : passCycles(rows(k + 1) * shares.up(k));
      sum += inCluster() && k > 0 ? 0 : passCycles(rows(k) * shares.down(k));
    }
    return sum;
  }

  /** An estimate of the cycles of a pass over a result, four channels a thread. */
  private static double passCycles(int quads) {
    return 400 + 170 * over(quads, RolloutTile.THREADS);
  }

  /** Least shared memory, in floats, that a sample of this plan needs. */
  static int least(RolloutPlan plan, boolean dual) {
    RolloutLayout single = new RolloutLayout(plan, 1, dual, 1);
    single.placeRows();
    return single.used + single.tableBound() + single.largestResult();
  }

  private boolean fit(int floats, double partials) {
    placeRows();
    int reserved = (int) (partials * largestResult());
    return (inCluster() ? fitCluster() : fitBlock(floats, reserved)) && used <= floats;
  }

  /** Keeps what weights fit beside the tables and the partial sums. */
  private boolean fitBlock(int floats, int reserved) {
    placeWeights(floats - used - tableBound() - reserved);
    int forPartial = floats - used - tableBound();
    return forPartial >= reserved && divide(forPartial);
  }

  /** Keeps all weights. */
  private boolean fitCluster() {
    placeShares();
    own = lookedUp.place(4 * planeRows(0) * shares.ownChannels());
    return divide(0);
  }

  /** Divides the products among threads; false if one cannot be. */
  private boolean divide(int forPartial) {
    for (int k = 0; k < layers(); k++) {
      if (tile(k, false, forPartial).isEmpty() || tile(k, true, forPartial).isEmpty()) {
        return false;
      }
      up.add(product(k, false, forPartial));
      down.add(product(k, true, forPartial));
    }
    tables = used;
    used += lookedUp.words();
    partial = used;
    used += inCluster() ? down.get(0).tile().partial() : largestPartial();
    return true;
  }

  private int largestPartial() {
    return Stream.concat(up.stream(), down.stream())
        .mapToInt(product -> product.tile().partial())
        .max()
        .orElseThrow();
  }

  private void placeRows() {
    zeros = place(IntStream.range(0, images.size()).map(this::row).max().orElseThrow());
    mail = place(inCluster() ? 4 + cluster() : 0);
    for (int k = 0; k < layers(); k++) {
      biases[k] = place(row(k + 1));
    }
    for (int k = 0; k < images.size(); k++) {
      buffers[k] = place(rows(k) * row(k));
    }
    boolean splitting = plan.program() instanceof Splitting;
    // forward: the start of the step and the sum of slopes; backward: cotangents, see
    // Adjoint in the kernel
    int states = dual ? (splitting ? 1 : 3) : (splitting ? 0 : 2);
    work = place(states * samples * plan.height() * plan.width() * row(0));
  }

  /**
   * Places the largest weights first, as long as there is room; the others stay in global memory.
   */
  private void placeWeights(int room) {
    int left = room;
    List<Integer> order =
        IntStream.range(0, layers())
            .boxed()
            .sorted(Comparator.comparingInt(this::weightFloats).reversed())
            .toList();
    for (int k : order) {
      residents[k] = -1;
      if (weightFloats(k) <= left) {
        left -= weightFloats(k);
        residents[k] = place(weightFloats(k));
      }
    }
  }

  private int place(int floats) {
    int at = used;
    used += 4 * ((floats + 3) / 4);
    return at;
  }

  /** Places the weights of all of a block's products. */
  private void placeShares() {
    for (int k = 0; k < layers(); k++) {
      upShares[k] = place(4 * weightQuads(k, false));
      downShares[k] = place(4 * weightQuads(k, true));
    }
  }

  /** Size of a tap's weights, in a cluster for a quad of columns, in quads. */
  private int tapQuads(int k, boolean isDown) {
    return inCluster()
        ? RolloutShares.tapQuads(isDown ? row(k + 1) / 4 : row(k) / 4)
        : row(k) * row(k + 1) / 4;
  }

  private int weightQuads(int k, boolean isDown) {
    int columns = share(k, isDown) * (isDown ? shares.halves(k) : 1);
    return taps(k) * tapQuads(k, isDown) * columns;
  }

  private int share(int k, boolean isDown) {
    return isDown ? shares.down(k) : shares.up(k);
  }

  private Product product(int k, boolean isDown, int forPartial) {
    int rows = isDown ? downRows(k) : upRows(k);
    RolloutTile.Terms terms = isDown ? downTerms(k) : upTerms(k);
    RolloutTile tile = tile(k, isDown, forPartial).orElseThrow();
    int sources = lookedUp.placeHalves(terms.taps() * tile.paddedRows());
    int places = lookedUp.placeHalves(rows);
    int lists = lookedUp.place(2 * tile.rowGroups() * (terms.taps() + 1)) / 2;
    int weights = isDown ? downShares[k] : upShares[k];
    return new Product(
        rows,
        terms.quads(),
        share(k, isDown),
        tapQuads(k, isDown),
        weights,
        inCluster() ? weightQuads(k, isDown) : 0,
        tile,
        sources,
        places,
        lists,
        inCluster()
            ? lookedUp.placeErrands(tile, terms.taps() * terms.quads())
            : RolloutTables.Errands.NONE,
        inCluster() && dual && !(isDown && k == 0) ? 2 : 1);
  }

  private Optional<RolloutTile> tile(int k, boolean isDown, int forPartial) {
    int rows = isDown ? downRows(k) : upRows(k);
    RolloutTile.Terms terms = isDown ? downTerms(k) : upTerms(k);
    if (inCluster()) {
      return RolloutTile.chooseInCluster(rows, share(k, isDown), terms);
    }
    int columns = isDown ? downColumns(k) : outputs(k);
    return RolloutTile.choose(rows, columns, terms, isDown, forPartial);
  }

  /** The terms summed in layer k's product up. */
  RolloutTile.Terms upTerms(int k) {
    return new RolloutTile.Terms(row(k) / 4, taps(k), 1, taps(k));
  }

  /**
   * The terms summed in layer k's product down. In the input gradient of a strided layer, a pixel
   * sees only taps that are a multiple of the stride away.
   */
  RolloutTile.Terms downTerms(int k) {
    int stride = plan.layers().get(k).geometry().stride();
    int seen = over(weight(k).dim(0), stride) * over(weight(k).dim(1), stride);
    return new RolloutTile.Terms(row(k + 1) / 4, taps(k), stride * stride, seen);
  }

  /** Upper bound on the size of the tables, in words, whichever tiles are chosen. */
  private int tableBound() {
    int words = 0;
    for (int k = 0; k < layers(); k++) {
      words += tableBound(taps(k), upRows(k)) + tableBound(taps(k), downRows(k));
    }
    return words;
  }

  private static int tableBound(int taps, int rows) {
    int most = 0;
    for (int tileRows = 4; tileRows <= 32; tileRows *= 2) {
      int groups = over(rows, tileRows);
      int sources = 4 * over(taps * groups * tileRows / 2, 4);
      most = Math.max(most, sources + 4 * over(2 * groups * (taps + 1), 4));
    }
    return most + 4 * over((rows + 1) / 2, 4);
  }

  private int largestResult() {
    int most = 0;
    for (int k = 0; k < layers(); k++) {
      most = Math.max(most, padded(upRows(k)) * 4 * over(outputs(k), 4));
      most = Math.max(most, padded(downRows(k)) * 4 * over(downColumns(k), 4));
    }
    return most;
  }

  /** Rounds rows up to whole tiles of the smallest size. */
  private static int padded(int rows) {
    return 4 * ((rows + 3) / 4);
  }

  private int upRows(int k) {
    return rows(k + 1);
  }

  /** For the lowest layer, only the tangents are needed. */
  private int downRows(int k) {
    return k == 0 && dual ? rows(0) / 2 : rows(k);
  }

  /** For the lowest layer, a kick or drift needs only one half of the state. */
  private int downColumns(int k) {
    boolean half = k == 0 && !dual && plan.program() instanceof Splitting;
    return half ? plan.channels() : images.get(k).dim(3);
  }

  /** Rows of layer k's input, without tangents. */
  private int planeRows(int k) {
    return rows(k) / (dual ? 2 : 1);
  }

  private int rows(int k) {
    Shape image = images.get(k);
    return image.dim(0) * image.dim(1) * image.dim(2);
  }

  private int outputs(int k) {
    return images.get(k + 1).dim(3);
  }

  private int taps(int k) {
    return weight(k).dim(0) * weight(k).dim(1);
  }

  private Shape weight(int k) {
    return plan.layers().get(k).weight();
  }

  /** Size of layer k's weights in floats, with padded rows and columns. */
  int weightFloats(int k) {
    return taps(k) * row(k) * row(k + 1);
  }

  /** Size of a row of layer k's input, in floats. */
  int row(int k) {
    return 4 * ((images.get(k).dim(3) + 3) / 4);
  }

  int layers() {
    return plan.layers().size();
  }

  /** Shape of layer k's input; the number of images is that of planes. */
  Shape image(int k) {
    return images.get(k);
  }

  /** Blocks that share samples: 1, or those of a cluster. */
  int cluster() {
    return shares.blocks();
  }

  private boolean inCluster() {
    return cluster() > 1;
  }

  /** Channels of q, and of p, whose gradients a block computes. */
  int ownChannels() {
    return shares.ownChannels();
  }

  /** Samples per block, or per cluster. */
  int samples() {
    return samples;
  }

  /** Offset of layer k's input. */
  int buffer(int k) {
    return buffers[k];
  }

  int bias(int k) {
    return biases[k];
  }

  /** Offset of layer k's weights, or -1 if they stay in global memory; not in a cluster. */
  int resident(int k) {
    return residents[k];
  }

  /** Number of layers whose weights are in shared memory. */
  int residentLayers() {
    return (int) IntStream.of(residents).filter(at -> at >= 0).count();
  }

  Product up(int k) {
    return up.get(k);
  }

  Product down(int k) {
    return down.get(k);
  }

  int zeros() {
    return zeros;
  }

  /** What blocks of a cluster tell each other by, see ClusterBlocks in the kernel. */
  int mail() {
    return mail;
  }

  /** Table of the elements of the state that a block of a cluster computes. */
  int own() {
    return tables + own;
  }

  int work() {
    return work;
  }

  int tables() {
    return tables;
  }

  int partial() {
    return partial;
  }

  /** Size of the shared memory in floats. */
  int floats() {
    return used;
  }
}
