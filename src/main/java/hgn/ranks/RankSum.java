package hgn.ranks;

/**
 * The sum of the blocks of all ranks, added in a binary tree over the ranks, so that it has the
 * same bits wherever and by whatever way the numbers are exchanged. A library's all-reduce is no
 * substitute: it chooses the order of the additions by the number of ranks, the size of the block
 * and the network.
 *
 * <p>Each level of the tree halves what a rank adds: it sends the other half to its partner. The
 * halves of the sum then go back the same way. So a rank sends less than two blocks, however many
 * ranks there are.
 */
public final class RankSum {
  private final Ranks ranks;

  /**
   * Creates it.
   *
   * @throws IllegalArgumentException if the number of ranks is not a power of two
   */
  public RankSum(Ranks ranks) {
    if (Integer.bitCount(ranks.size()) != 1) {
      throw new IllegalArgumentException(
          "[tree sum] "
              + ranks.size()
              + " ranks do not fill a binary tree; use a power of two of them");
    }
    this.ranks = ranks;
  }

  /**
   * Replaces the numbers of a block by their sums over all ranks, which call this at the same time.
   *
   * @throws RankLostException if a rank has ended or no longer answers
   */
  public void of(RankBlock block, int count) {
    over(block, 1, new Span(0, count));
  }

  /** Sums over the ranks that differ from bit {@code bit} on. */
  private void over(RankBlock block, int bit, Span span) {
    if (bit == ranks.size()) {
      return;
    }
    int partner = ranks.rank() ^ bit;
    boolean keepsLower = (ranks.rank() & bit) == 0;
    Span kept = keepsLower ? span.lower() : span.upper();
    Span given = keepsLower ? span.upper() : span.lower();
    block.giveAndAdd(partner, given, kept);
    over(block, bit << 1, kept);
    block.giveAndTake(partner, kept, given);
  }
}
