package hgn.backend.cuda;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a block of the rollout kernel divides a matrix product among its threads.
 *
 * @param outputs columns per thread
 * @param perThread rows per thread
 * @param lanes groups of eight lanes of a warp with rows of their own; the other groups share the
 *     sum
 * @param split warps among which a tile's sum is split
 * @param columnGroups tiles side by side
 * @param rowGroups tiles on top of each other
 * @param paddedColumns columns, rounded up to four
 */
record RolloutTile(
    int outputs,
    int perThread,
    int lanes,
    int split,
    int columnGroups,
    int rowGroups,
    int paddedColumns) {
  /** Threads of a block, as in kernels/rollout.cuh. */
  static final int THREADS = 256;

  private static final int WARPS = THREADS / 32;
  private static final int COLUMN_LANES = 8;
  private static final int LANE_GROUPS = 4;

  /** Latency of shared memory in cycles. */
  private static final int LATENCY = 30;

  /** The tile shapes per thread for which the kernel is instantiated. */
  private static final List<int[]> SHAPES =
      List.of(new int[] {4, 4}, new int[] {4, 8}, new int[] {8, 4}, new int[] {8, 8});

  /**
   * The terms summed for each element of a product.
   *
   * @param quads channels summed over at each tap, in groups of four
   * @param taps of the window
   * @param phases consecutive groups of rows that see different taps
   * @param tapsOfPhase the most taps that a row sees
   */
  record Terms(int quads, int taps, int phases, int tapsOfPhase) {
    /**
     * Returns the number of quads that {@code tileRows} neighbouring rows out of {@code rows} have
     * to sum.
     */
    int count(int tileRows, int rows) {
      int met = (int) Math.min(phases, Math.ceil((double) tileRows * phases / rows));
      return quads * Math.min(taps, met * tapsOfPhase);
    }
  }

  /**
   * Returns the division with the least estimated time.
   *
   * @param partialFloats room for partial sums, in floats
   * @return empty if no division fits
   */
  static Optional<RolloutTile> choose(int rows, int columns, Terms terms, int partialFloats) {
    return SHAPES.stream()
        .flatMap(
            shape ->
                Stream.of(1, 2, 4)
                    .flatMap(
                        lanes ->
                            Stream.of(1, 2, 4, 8)
                                .map(split -> of(shape, lanes, split, rows, columns))))
        .filter(tile -> tile.partial() <= partialFloats)
        .min(Comparator.comparingDouble(tile -> tile.cycles(rows, terms)));
  }

  private static RolloutTile of(int[] shape, int lanes, int split, int rows, int columns) {
    return new RolloutTile(
        shape[0],
        shape[1],
        lanes,
        split,
        over(columns, COLUMN_LANES * shape[0]),
        over(rows, lanes * shape[1]),
        4 * over(columns, 4));
  }

  private static int over(int count, int size) {
    return (count + size - 1) / size;
  }

  /** Rows, rounded up to whole tiles. */
  int paddedRows() {
    return rowGroups * lanes * perThread;
  }

  int tiles() {
    return columnGroups * rowGroups;
  }

  /** How many parts the sum of each element is split into. */
  int slices() {
    return split * LANE_GROUPS / lanes;
  }

  /** How often a thread adds a quad of channels of one tap to its sums. */
  int turns(int rows, Terms terms) {
    return over(terms.count(lanes * perThread, rows), slices());
  }

  /** Size of the partial sums, in floats. */
  int partial() {
    return split * paddedRows() * paddedColumns;
  }

  /**
   * Estimates the cycles that a multiprocessor takes: the maximum of arithmetic (four warps per
   * cycle), loads from shared memory (one word of a warp per cycle) and the iterations of one warp,
   * which waits for half of its loads, plus the shuffles, stores and loads of the partial sums.
   */
  double cycles(int rows, Terms terms) {
    int turns = turns(rows, terms);
    int warps = tiles() * split;
    int sums = outputs * perThread;
    int words = 4 * (outputs + perThread);
    double arithmetic = (double) warps * turns * sums;
    double loads = (double) warps * turns * words;
    double wait = LATENCY + words * Math.min(warps, WARPS) / 2.0;
    double alone = over(warps, WARPS) * turns * (4 * sums + wait);
    double kept = (double) lanes / LANE_GROUPS;
    double shuffles = warps * sums * (1 - kept);
    double stores = warps * sums * kept + (double) partial() / 32;
    return Math.max(Math.max(arithmetic, loads), alone) + shuffles + stores;
  }
}
