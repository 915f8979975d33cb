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
 * @param columnLanes lanes of a warp that are side by side
 * @param lanes groups of such lanes with rows of their own; the other groups share the sum
 * @param split warps among which a tile's sum is split
 * @param columnGroups tiles side by side
 * @param rowGroups tiles on top of each other
 * @param paddedColumns columns, rounded up to four
 */
record RolloutTile(
    int outputs,
    int perThread,
    int columnLanes,
    int lanes,
    int split,
    int columnGroups,
    int rowGroups,
    int paddedColumns) {
  /** Threads of a block, as in kernels/rollout.cuh. */
  static final int THREADS = 256;

  private static final int WARPS = THREADS / 32;
  private static final int LANES = 32;
  private static final int COLUMN_LANES = 8;
  private static final int SCHEDULERS = 4;

  /** In a cluster, rows per thread and how many lanes share a sum. */
  private static final List<int[]> SHARED_SHAPES =
      List.of(
          new int[] {2, 8},
          new int[] {2, 32},
          new int[] {4, 8},
          new int[] {4, 16},
          new int[] {4, 32},
          new int[] {8, 8},
          new int[] {8, 32});

  /**
   * In a cluster, the most turns for which a thread has all but the rows before it has to wait,
   * where all lanes share a sum.
   */
  private static final int AHEAD = 3;

  /** The tile shapes per thread for which the kernel is instantiated, and one that is only down. */
  private static final List<int[]> SHAPES =
      List.of(new int[] {4, 4}, new int[] {4, 8}, new int[] {8, 4}, new int[] {8, 8});

  private static final int[] NARROW = {2, 8};

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
   * @param down whether for the gradient of a layer's input
   * @param partialFloats room for partial sums, in floats
   * @return empty if no division fits
   */
  static Optional<RolloutTile> choose(
      int rows, int columns, Terms terms, boolean down, int partialFloats) {
    return Stream.concat(SHAPES.stream(), down ? Stream.of(NARROW) : Stream.empty())
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

  /**
   * Returns the division with the least estimated time in a block of a cluster, where a warp takes
   * no more than one tile.
   *
   * @param share columns of the block, in quads
   * @return empty if there is none
   */
  static Optional<RolloutTile> chooseInCluster(int rows, int share, Terms terms) {
    return SHARED_SHAPES.stream()
        .flatMap(
            shape ->
                Stream.of(1, 2, 4)
                    .filter(columnLanes -> columnLanes * shape[1] <= LANES)
                    .map(columnLanes -> inCluster(shape, columnLanes, rows, share)))
        .filter(tile -> tile.tiles() <= WARPS)
        .min(Comparator.comparingDouble(tile -> tile.cycles(rows, terms)));
  }

  private static RolloutTile inCluster(int[] shape, int columnLanes, int rows, int share) {
    int lanes = LANES / shape[1] / columnLanes;
    return new RolloutTile(
        4,
        shape[0],
        columnLanes,
        lanes,
        1,
        over(share, columnLanes),
        over(rows, lanes * shape[0]),
        4 * share);
  }

  private static RolloutTile of(int[] shape, int lanes, int split, int rows, int columns) {
    return new RolloutTile(
        shape[0],
        shape[1],
        COLUMN_LANES,
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
    return split * sliceLanes();
  }

  private int sliceLanes() {
    return LANES / columnLanes / lanes;
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
   * Estimates the cycles that a multiprocessor takes, with constants that fit what
   * benchmarks/gpu-sass makes of the compiled kernel.
   */
  double cycles(int rows, Terms terms) {
    return columnLanes == COLUMN_LANES ? cyclesInBlock(rows, terms) : cyclesInCluster(rows, terms);
  }

  /**
   * A turn takes the most of: the instructions of the warps of one of four schedulers; loads from
   * shared memory, one word of a warp per cycle; one warp by itself, which waits for its loads.
   * Before and after its turns a warp finds its addresses and adds and stores its sums, while it
   * mostly waits.
   */
  private double cyclesInBlock(int rows, Terms terms) {
    int warps = tiles() * split;
    int together = Math.min(warps, WARPS);
    int each = over(together, SCHEDULERS);
    int sums = outputs * perThread;
    double instructions = 4 * sums + 30 + 2.5 * (outputs + perThread);
    double loads = together * (4.0 * (outputs + perThread) + 3);
    double turn = Math.max(Math.max(each * instructions, loads), 200 + 0.3 * instructions);
    double shuffles = sums * (1 - 1.0 / sliceLanes());
    double ends = 560 + each * (200 + 4.5 * shuffles);
    return over(warps, WARPS) * (ends + 1.2 * turns(rows, terms) * turn) + 4 * split;
  }

  /**
   * A product with what becomes of it, which first waits for other blocks. Each lane of those that
   * share a sum passes on half of what it has to another, until it has one sum.
   */
  private double cyclesInCluster(int rows, Terms terms) {
    int each = over(tiles(), SCHEDULERS);
    int turns = turns(rows, terms);
    int sums = outputs * perThread;
    double loads = Math.max(0, 4.0 * tiles() * turns * (perThread + 5) - 230);
    double add = each * (5.0 * turns * sums + 5.6 * sums);
    double announcement = tiles() == WARPS ? 85 : 0;
    int ahead = sliceLanes() == LANES && turns <= AHEAD ? AHEAD : 1;
    double later = 150 * Math.max(0, turns - ahead);
    int steps = Integer.numberOfTrailingZeros(sliceLanes());
    int kept = Math.max(1, sums / sliceLanes());
    return 480 + 30 * steps + add + 0.3 * loads + announcement + later + 60 * (kept - 1);
  }
}
