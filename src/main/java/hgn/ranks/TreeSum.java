package hgn.ranks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The sum of the blocks of all shards, added in a binary tree over the shards that does not depend
 * on which rank has them:
 *
 * <pre>
 * ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
 * </pre>
 *
 * so that the sum has the same bits on 1, 2, 4 or 8 ranks. Every rank has the same power of two of
 * them, in the order of the ranks, and receives the whole sum. This one is of arrays; {@link
 * ShardTree} and {@link RankSum} are its two parts.
 */
public final class TreeSum {
  private final Ranks ranks;
  private final ShardTree<float[]> shards = new ShardTree<>(TreeSum::plus);
  private final RankSum overRanks;
  private HostBlock block;

  /**
   * Creates it.
   *
   * @throws IllegalArgumentException if the number of ranks is not a power of two
   */
  public TreeSum(Ranks ranks) {
    this.ranks = ranks;
    this.overRanks = new RankSum(ranks);
  }

  /** Adds the block of this rank's next shard, which becomes this object's. */
  public void add(float[] shard) {
    shards.add(shard);
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
    float[] sum = shards.total();
    if (ranks.size() > 1) {
      if (block == null || block.numbers().capacity() != sum.length) {
        block = new HostBlock(ranks, floats(sum.length), floats(sum.length));
      }
      block.numbers().put(0, sum);
      overRanks.of(block, sum.length);
      block.numbers().get(0, sum);
    }
    return sum;
  }

  private static ByteBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
  }
}
