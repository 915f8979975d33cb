package hgn.ranks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The sum of the blocks of all shards, added in a binary tree over the shards that does not depend
 * on which rank has them:
 *
 * <pre>
 * ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
 * </pre>
 *
 * so that the sum has the same bits on 1, 2, 4 or 8 ranks. Every rank has the same power of two of
 * them, in the order of the ranks, and receives the whole sum.
 *
 * <p>Between ranks, each level of the tree halves what a rank adds: it sends the other half to its
 * partner. The halves of the sum then go back the same way. So a rank sends less than two blocks,
 * however many ranks there are.
 */
public final class TreeSum {
  private final Ranks ranks;
  private final Deque<float[]> subtrees = new ArrayDeque<>();
  private int shards;
  private ByteBuffer own = floats(0);
  private ByteBuffer theirs = floats(0);
  private float[] received = new float[0];

  /**
   * Creates it.
   *
   * @throws IllegalArgumentException if the number of ranks is not a power of two
   */
  public TreeSum(Ranks ranks) {
    if (Integer.bitCount(ranks.size()) != 1) {
      throw new IllegalArgumentException(
          "[tree sum] "
              + ranks.size()
              + " ranks do not fill a binary tree; use a power of two of them");
    }
    this.ranks = ranks;
  }

  /** Adds the block of this rank's next shard, which becomes this object's. */
  public void add(float[] shard) {
    float[] sum = shard;
    for (int done = shards++; (done & 1) == 1; done >>= 1) {
      sum = plus(subtrees.pop(), sum);
    }
    subtrees.push(sum);
  }

  private static float[] plus(float[] into, float[] other) {
    if (into.length != other.length) {
      throw new IllegalArgumentException(
          "[tree sum] blocks of " + into.length + " and " + other.length + " numbers do not add");
    }
    for (int i = 0; i < into.length; i++) {
      into[i] += other[i];
    }
    return into;
  }

  /**
   * Returns the sum over all shards of all ranks, and begins anew.
   *
   * @throws IllegalStateException if this rank has not added a power of two of shards
   * @throws RankLostException if a rank has ended or no longer answers
   */
  public float[] total() {
    if (subtrees.size() != 1) {
      throw new IllegalStateException(
          "[tree sum] " + shards + " shards do not fill a binary tree; add a power of two of them");
    }
    float[] sum = subtrees.pop();
    shards = 0;
    if (ranks.size() > 1) {
      addOverRanks(sum);
    }
    return sum;
  }

  private void addOverRanks(float[] sum) {
    if (own.capacity() != sum.length * Float.BYTES) {
      own = floats(sum.length);
      theirs = floats(sum.length);
      received = new float[sum.length];
    }
    halve(sum, 1, 0, sum.length);
  }

  /**
   * Sums numbers {@code from} to {@code from + count - 1} over the ranks that differ from bit on.
   */
  private void halve(float[] sum, int bit, int from, int count) {
    if (bit == ranks.size()) {
      return;
    }
    int partner = ranks.rank() ^ bit;
    int lower = count / 2;
    boolean keepsLower = (ranks.rank() & bit) == 0;
    int kept = keepsLower ? from : from + lower;
    int keptCount = keepsLower ? lower : count - lower;
    int given = keepsLower ? from + lower : from;
    int givenCount = count - keptCount;
    own.asFloatBuffer().put(given, sum, given, givenCount);
    ranks.exchange(partner, part(own, given, givenCount), part(theirs, kept, keptCount));
    theirs.asFloatBuffer().get(kept, received, kept, keptCount);
    for (int i = kept; i < kept + keptCount; i++) {
      sum[i] += received[i];
    }
    halve(sum, bit << 1, kept, keptCount);
    own.asFloatBuffer().put(kept, sum, kept, keptCount);
    ranks.exchange(partner, part(own, kept, keptCount), part(theirs, given, givenCount));
    theirs.asFloatBuffer().get(given, sum, given, givenCount);
  }

  private static ByteBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer part(ByteBuffer all, int from, int count) {
    return all.slice(from * Float.BYTES, count * Float.BYTES);
  }
}
