package hgn.ranks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BinaryOperator;

/**
 * The sum of the blocks of one rank's shards, added in a binary tree as soon as two neighbours are
 * there: (s0 + s1) + (s2 + s3).
 *
 * @param <T> the kind of block
 */
public final class ShardTree<T> {
  private final BinaryOperator<T> plus;
  private final Deque<T> subtrees = new ArrayDeque<>();
  private int shards;

  /**
   * Creates it.
   *
   * @param plus adds two neighbours; may reuse their memory
   */
  public ShardTree(BinaryOperator<T> plus) {
    this.plus = plus;
  }

  /** Adds the block of the next shard, which becomes this object's. */
  public void add(T shard) {
    T sum = shard;
    for (int done = shards++; (done & 1) == 1; done >>= 1) {
      sum = plus.apply(subtrees.pop(), sum);
    }
    subtrees.push(sum);
  }

  /**
   * Returns the sum, and begins anew.
   *
   * @throws IllegalStateException if no power of two of shards has been added
   */
  public T total() {
    if (subtrees.size() != 1) {
      throw new IllegalStateException(
          "[tree sum] " + shards + " shards do not fill a binary tree; add a power of two of them");
    }
    shards = 0;
    return subtrees.pop();
  }
}
