package hgn.backend.cuda;

import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram.Splitting;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a block of the rollout kernel keeps what in its shared memory, and how it divides its
 * products. Offsets count floats; a row of channels takes a multiple of four.
 */
final class RolloutLayout {
  private static final int MOST_SAMPLES = 4;

  /** Room for partial sums that is tried, as multiples of the largest result. */
  private static final double[] PARTIALS = {1, 1.5, 2, 4, 8};

  /** Weights that a multiprocessor can read through L2 in a cycle. */
  private static final double FLOATS_A_CYCLE = 12;

  /** Cycles until the first of them arrives. */
  private static final double LATENCY = 400;

  private final RolloutPlan plan;
  private final int samples;
  private final boolean dual;
  private final List<Shape> images;
  private final int[] buffers;
  private final int[] biases;
  private final int[] residents;
  private final List<Product> up = new ArrayList<>();
  private final List<Product> down = new ArrayList<>();
  private int used;
  private int zeros;
  private int work;
  private int tables;
  private int tableWords;
  private int partial;

  /**
   * One product and its tables.
   *
   * @param rows of the result
   * @param quads channels summed over at each tap, in fours
   * @param sources number of the table's first 16-bit entry: where the row that a tap reads is
   * @param places number of the table's first 16-bit entry: where a row of the result is
   * @param lists number of the table's first 32-bit entry: which taps a group of rows has
   */
  record Product(
      int rows, int quads, int columns, RolloutTile tile, int sources, int places, int lists) {}

  private RolloutLayout(RolloutPlan plan, int samples, boolean dual) {
    this.plan = plan;
    this.samples = samples;
    this.dual = dual;
    images = plan.images(samples * (dual ? 2 : 1));
    buffers = new int[images.size()];
    biases = new int[layers()];
    residents = new int[layers()];
  }

  /**
   * The layout that should take a batch through an evaluation in the least time.
   *
   * @param dual whether for the backward, which works on dual numbers
   * @param floats shared memory of a block
   * @return empty if not one sample fits
   */
  static Optional<RolloutLayout> of(
      RolloutPlan plan, int batch, boolean dual, int multiprocessors, int floats) {
    RolloutLayout best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int samples = 1; samples <= Math.min(MOST_SAMPLES, batch); samples++) {
      for (double partials : PARTIALS) {
        RolloutLayout layout = new RolloutLayout(plan, samples, dual);
        if (layout.fit(floats, partials)) {
          int waves = over(over(batch, samples), multiprocessors);
          double cycles = waves * layout.cycles();
          if (cycles < least) {
            least = cycles;
            best = layout;
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
      double read = residents[k] < 0 ? LATENCY + weightFloats(k) / FLOATS_A_CYCLE : 0;
      sum += read + up.get(k).tile().cycles(upRows(k), upTerms(k));
      sum += read + down.get(k).tile().cycles(downRows(k), downTerms(k));
    }
    return sum;
  }

  /** Least shared memory, in floats, that a sample of this plan needs. */
  static int least(RolloutPlan plan, boolean dual) {
    RolloutLayout single = new RolloutLayout(plan, 1, dual);
    single.placeRows();
    return single.used + single.tableBound() + single.largestResult();
  }

  private boolean fit(int floats, double partials) {
    placeRows();
    int room = floats - used - tableBound();
    int reserved = (int) (partials * largestResult());
    if (room < reserved) {
      return false;
    }
    placeWeights(room - reserved);
    int forPartial = floats - used - tableBound();
    tables = used;
    for (int k = 0; k < layers(); k++) {
      up.add(product(upRows(k), outputs(k), upTerms(k), forPartial));
      down.add(product(downRows(k), downColumns(k), downTerms(k), forPartial));
    }
    used += 4 * ((tableWords + 3) / 4);
    partial = used;
    used += largest(up, down);
    return true;
  }

  private static int largest(List<Product> up, List<Product> down) {
    return IntStream.concat(
            up.stream().mapToInt(p -> p.tile().partial()),
            down.stream().mapToInt(p -> p.tile().partial()))
        .max()
        .orElseThrow();
  }

  private void placeRows() {
    zeros = place(IntStream.range(0, images.size()).map(this::row).max().orElseThrow());
    for (int k = 0; k < layers(); k++) {
      biases[k] = place(row(k + 1));
    }
    for (int k = 0; k < images.size(); k++) {
      buffers[k] = place(rows(k) * row(k));
    }
    boolean splitting = plan.program() instanceof Splitting;
    // forward: the step's start and the sum; backward: cotangents, see Adjoint in the kernel
    int states = dual ? (splitting ? 1 : 3) : (splitting ? 0 : 2);
    work = place(states * samples * plan.height() * plan.width() * row(0));
  }

  /** The largest weights first, as long as there is room; the others stay in global memory. */
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

  private Product product(int rows, int columns, RolloutTile.Terms terms, int forPartial) {
    int taps = terms.taps();
    RolloutTile tile = RolloutTile.choose(rows, columns, terms, forPartial).orElseThrow();
    int sources = 2 * word((taps * tile.paddedRows() + 1) / 2);
    int places = 2 * word((rows + 1) / 2);
    int lists = word(tile.rowGroups() * (taps + 1));
    return new Product(rows, terms.quads(), columns, tile, sources, places, lists);
  }

  private RolloutTile.Terms upTerms(int k) {
    return new RolloutTile.Terms(row(k) / 4, taps(k), 1, taps(k));
  }

  /** Down a stride, a pixel sees those taps only that are a multiple of the stride away. */
  private RolloutTile.Terms downTerms(int k) {
    int stride = plan.layers().get(k).geometry().stride();
    int seen = over(weight(k).dim(0), stride) * over(weight(k).dim(1), stride);
    return new RolloutTile.Terms(row(k + 1) / 4, taps(k), stride * stride, seen);
  }

  private int word(int count) {
    int at = tableWords;
    tableWords += count;
    return at;
  }

  /** The most words that the tables may come to. */
  private int tableBound() {
    int words = 4;
    for (int k = 0; k < layers(); k++) {
      for (int rows : new int[] {upRows(k), downRows(k)}) {
        int padded = 32 * ((rows + 31) / 32);
        words += (taps(k) * padded + 1) / 2 + (rows + 1) / 2 + padded / 4 * (taps(k) + 1);
      }
    }
    return words;
  }

  private int largestResult() {
    int most = 0;
    for (int k = 0; k < layers(); k++) {
      most = Math.max(most, padded(upRows(k)) * row(k + 1));
      most = Math.max(most, padded(downRows(k)) * 4 * ((downColumns(k) + 3) / 4));
    }
    return most;
  }

  /** Rows of the smallest tiles. */
  private static int padded(int rows) {
    return 4 * ((rows + 3) / 4);
  }

  private int upRows(int k) {
    return rows(k + 1);
  }

  /** Of the lowest layer, the tangents alone are asked for. */
  private int downRows(int k) {
    return k == 0 && dual ? rows(0) / 2 : rows(k);
  }

  /** Of the lowest layer, a kick or drift asks for one half. */
  private int downColumns(int k) {
    boolean half = k == 0 && !dual && plan.program() instanceof Splitting;
    return half ? plan.channels() : images.get(k).dim(3);
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

  /** Floats of layer k's weights, rows and columns padded. */
  int weightFloats(int k) {
    return taps(k) * row(k) * row(k + 1);
  }

  /** Floats of a row of what layer k sees. */
  int row(int k) {
    return 4 * ((images.get(k).dim(3) + 3) / 4);
  }

  int layers() {
    return plan.layers().size();
  }

  /** What layer k sees; the number of images is that of planes. */
  Shape image(int k) {
    return images.get(k);
  }

  /** Samples of a block. */
  int samples() {
    return samples;
  }

  /** Rows of what layer k sees. */
  int buffer(int k) {
    return buffers[k];
  }

  int bias(int k) {
    return biases[k];
  }

  /** Weights of layer k, or -1 where they stay in global memory. */
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

  int work() {
    return work;
  }

  int tables() {
    return tables;
  }

  int partial() {
    return partial;
  }

  /** Shared memory in floats. */
  int floats() {
    return used;
  }
}
