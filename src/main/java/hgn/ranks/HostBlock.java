package hgn.ranks;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** A block of single-precision numbers in host memory outside the heap, from which it is sent. */
public final class HostBlock implements RankBlock {
  private final Ranks ranks;
  private final ByteBuffer own;
  private final ByteBuffer theirs;
  private final FloatBuffer ownNumbers;
  private final FloatBuffer theirNumbers;
  private final float[] sum;
  private final float[] received;

  /**
   * Creates it.
   *
   * @param own the numbers, in a direct buffer in the order of this machine's bytes
   * @param theirs memory of the same kind and size for numbers of other ranks
   */
  public HostBlock(Ranks ranks, ByteBuffer own, ByteBuffer theirs) {
    this.ranks = ranks;
    this.own = own;
    this.theirs = theirs;
    ownNumbers = own.asFloatBuffer();
    theirNumbers = theirs.asFloatBuffer();
    sum = new float[ownNumbers.capacity()];
    received = new float[ownNumbers.capacity()];
  }

  /** The numbers. */
  FloatBuffer numbers() {
    return ownNumbers;
  }

  @Override
  public void giveAndAdd(int partner, Span given, Span added) {
    ranks.exchange(partner, part(own, given), part(theirs, added));
    // through arrays, in which loops are fast
    ownNumbers.get(added.from(), sum, 0, added.count());
    theirNumbers.get(added.from(), received, 0, added.count());
    for (int i = 0; i < added.count(); i++) {
      sum[i] += received[i];
    }
    ownNumbers.put(added.from(), sum, 0, added.count());
  }

  @Override
  public void giveAndTake(int partner, Span given, Span taken) {
    ranks.exchange(partner, part(own, given), part(own, taken));
  }

  private static ByteBuffer part(ByteBuffer all, Span span) {
    return all.slice(span.from() * Float.BYTES, span.count() * Float.BYTES);
  }
}
