package hgn.backend.cuda;

/**
 * How a kernel is launched.
 *
 * @param blocks blocks in a row
 * @param width threads of a block along x
 * @param height threads of a block along y
 * @param sharedBytes dynamic shared memory of a block
 */
record Grid(long blocks, int width, int height, int sharedBytes) {
  private static final int THREADS = 256;

  /** Elements for one thread of a kernel that goes over all in strides. */
  private static final int WORK = 4;

  /** More blocks than run at once on any device only cost time. */
  private static final long MOST_BLOCKS = 4096;

  static Grid of(long blocks, int threads) {
    return new Grid(blocks, threads, 1, 0);
  }

  /** For a kernel that goes over {@code count} elements in strides of the grid. */
  static Grid over(long count) {
    long blocks = (count + THREADS * WORK - 1) / (THREADS * WORK);
    return of(Math.max(1, Math.min(MOST_BLOCKS, blocks)), THREADS);
  }
}
