package hgn.ranks;

import java.nio.ByteBuffer;

/** The processes of one training. Each has a number, its rank, from 0 to {@link #size} - 1. */
public interface Ranks {
  /** This process alone. */
  static Ranks alone() {
    return OneRank.ALONE;
  }

  /** The number of this process. */
  int rank();

  /** How many processes there are. */
  int size();

  /** A rank and its host, for messages, such as {@code rank 2 on node7}. */
  String name(int rank);

  /**
   * Sends a block to another rank and receives one from it, which calls this at the same time.
   *
   * @param mine a direct buffer, sent from its position to its limit; may be empty
   * @param theirs a direct buffer, filled from its position to its limit, which the other's {@code
   *     mine} must fit exactly; neither position changes
   * @throws RankLostException if a rank has ended or no longer answers
   */
  void exchange(int partner, ByteBuffer mine, ByteBuffer theirs);

  /**
   * Asks, after a failure that may come of it, whether a rank has been lost; news of it may take a
   * moment.
   *
   * @throws RankLostException if a rank has ended or no longer answers
   */
  default void requireAll() {
    // unless they can be lost
  }

  /** Processors that this rank may use if those of a host share them evenly; at least 1. */
  int processors();

  /** Whether this is the rank that writes files and reports. */
  default boolean isFirst() {
    return rank() == 0;
  }
}
