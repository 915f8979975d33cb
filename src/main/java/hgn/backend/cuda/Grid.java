package hgn.backend.cuda;

/**
 * Launch configuration of a kernel.
 *
 * @param blocks number of blocks
 * @param width threads of a block along x
 * @param height threads of a block along y
 * @param sharedBytes dynamic shared memory of a block
 */
record Grid(long blocks, int width, int height, int sharedBytes) {
  private static final int THREADS = 256;

  /** Elements per thread of a grid-stride kernel. */
  private static final int WORK = 4;

  /** Most blocks of a grid-stride kernel; more than a device runs at once only cost time. */
  private static final long MAX_BLOCKS = 4096;

  static Grid of(long blocks, int threads) {
    return new Grid(blocks, threads, 1, 0);
  }

  /** Returns a grid for a grid-stride kernel over {@code count} elements. */
  static Grid over(long count) {
    long blocks = (count + THREADS * WORK - 1) / (THREADS * WORK);
    return of(Math.max(1, Math.min(MAX_BLOCKS, blocks)), THREADS);
  }
}
