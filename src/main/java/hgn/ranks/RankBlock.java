package hgn.ranks;

/** A block of numbers that this rank has, and of which it exchanges parts with other ranks. */
public interface RankBlock {
  /**
   * Sends some numbers to another rank, receives others from it, and adds these to its own: a &lt;-
   * a + b with the partner's b. The partner calls this with the two exchanged.
   *
   * @throws RankLostException if a rank has ended or no longer answers
   */
  void giveAndAdd(int partner, Span given, Span added);

  /** As {@link #giveAndAdd}, but what is received takes the place of the own numbers. */
  void giveAndTake(int partner, Span given, Span taken);
}
