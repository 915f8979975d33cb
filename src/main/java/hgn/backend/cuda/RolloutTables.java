package hgn.backend.cuda;

/**
 * Allots shared memory for what the threads of a block look up, in words. Each table starts where
 * four words can be read at once.
 */
final class RolloutTables {
  private static final int QUAD = 4;

  private int words;

  /** Returns the place of a table of this many words. */
  int place(int count) {
    int at = words;
    words += QUAD * ((count + QUAD - 1) / QUAD);
    return at;
  }

  /** Returns the place of a table of this many 16-bit entries, counted in them. */
  int placeHalves(int count) {
    return 2 * place((count + 1) / 2);
  }

  /** Size of all tables so far. */
  int words() {
    return words;
  }

  /**
   * What the threads of a block of a cluster look up for a product, see kernels/rollout_share.cuh.
   *
   * @param terms rows of each term
   * @param weights of each term
   * @param padded terms of a group of rows
   * @param threads what each thread does
   */
  record Errands(int terms, int weights, int padded, int threads) {
    /** Of a product outside of a cluster. */
    static final Errands NONE = new Errands(0, 0, 0, 0);
  }

  /**
   * Places them.
   *
   * @param terms the most that a row may have
   */
  Errands placeErrands(RolloutTile tile, int terms) {
    int padded = (terms + tile.slices() - 1) / tile.slices() * tile.slices();
    return new Errands(
        place(tile.paddedRows() * padded),
        place(tile.paddedRows() / tile.perThread() * padded),
        padded,
        place(2 * RolloutTile.THREADS));
  }
}
