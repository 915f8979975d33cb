package hgn.backend.cuda;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a block of the rollout kernel divides one product, of some rows and columns.
 *
 * @param outputs columns of a thread
 * @param perThread rows of a thread
 * @param lanes groups of eight lanes of a warp that have rows of their own; the rest share the sum
 * @param split warps that share a tile's sum
 * @param columnGroups tiles side by side
 * @param rowGroups tiles one above the other
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

  /** Cycles until a word arrives from shared memory. */
  private static final int LATENCY = 30;

  /** What a thread may have: the kernel's instances. */
  private static final List<int[]> SHAPES =
      List.of(new int[] {4, 4}, new int[] {4, 8}, new int[] {8, 4}, new int[] {8, 8});

  /**
   * The sums of a product.
   *
   * @param quads channels summed over at each tap, in fours
   * @param taps of the window
   * @param phases groups of rows that see different taps, put one after the other
   * @param tapsOfPhase the most taps that a row sees
   */
  record Terms(int quads, int taps, int phases, int tapsOfPhase) {
    /** Quads that {@code tileRows} neighbours of {@code rows} rows have to go through. */
    int count(int tileRows, int rows) {
      int met = (int) Math.min(phases, Math.ceil((double) tileRows * phases / rows));
      return quads * Math.min(taps, met * tapsOfPhase);
    }
  }

  /**
   * The division that should be fastest.
   *
   * @param partialFloats room for partial sums
   * @return empty if no division has room
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

  /** Floats of partial sums. */
  int partial() {
    return split * paddedRows() * paddedColumns;
  }

  /**
   * An estimate of the cycles that a multiprocessor takes, to choose by: the longest of arithmetic
   * (four warps a cycle), loads from shared memory (a word of a warp a cycle) and the turns of one
   * warp, half of whose loads are waited for; and after it shuffles, stores and loads of the
   * partial sums.
   */
  double cycles(int rows, Terms terms) {
    int slices = LANE_GROUPS / lanes;
    int turns = over(terms.count(lanes * perThread, rows), split * slices);
    int warps = tiles() * split;
    int sums = outputs * perThread;
    int words = 4 * (outputs + perThread);
    double arithmetic = (double) warps * turns * sums;
    double loads = (double) warps * turns * words;
    double wait = LATENCY + words * Math.min(warps, WARPS) / 2.0;
    double alone = over(warps, WARPS) * turns * (4 * sums + wait);
    double shuffles = warps * sums * (1 - 1.0 / slices);
    double stores = (double) warps * sums / slices + (double) partial() / 32;
    return Math.max(Math.max(arithmetic, loads), alone) + shuffles + stores;
  }
}
