package hgn.ranks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Blocks of bytes from one rank to all. Every rank must call the same method at the same time. */
public final class Messages {
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private Messages() {}

  /**
   * Returns rank 0's block on every rank.
   *
   * @param own the block; only that of rank 0 counts
   */
  public static byte[] fromFirst(Ranks ranks, byte[] own) {
    byte[] block = own;
    int bit = 1;
    while (bit < ranks.size() && (ranks.rank() & bit) == 0) {
      bit <<= 1;
    }
    if (ranks.rank() != 0) {
      block = receive(ranks, ranks.rank() - bit);
    }
    for (bit >>= 1; bit > 0; bit >>= 1) {
      if (ranks.rank() + bit < ranks.size()) {
        send(ranks, ranks.rank() + bit, block);
      }
    }
    return block;
  }

  /** Returns every rank's block on every rank, in the order of the ranks. */
  public static List<byte[]> fromAll(Ranks ranks, byte[] own) {
    List<byte[]> blocks = new ArrayList<>();
    for (int rank = 0; rank < ranks.size(); rank++) {
      if (rank == ranks.rank()) {
        blocks.add(own);
      } else if (ranks.isFirst()) {
        blocks.add(receive(ranks, rank));
      }
    }
    if (!ranks.isFirst()) {
      send(ranks, 0, own);
      blocks.clear();
    }
    List<byte[]> all = new ArrayList<>();
    for (int rank = 0; rank < ranks.size(); rank++) {
      all.add(fromFirst(ranks, ranks.isFirst() ? blocks.get(rank) : null));
    }
    return all;
  }

  private static void send(Ranks ranks, int to, byte[] block) {
    ranks.exchange(to, ByteBuffer.allocateDirect(Integer.BYTES).putInt(0, block.length), NOTHING);
    ranks.exchange(to, ByteBuffer.allocateDirect(block.length).put(0, block), NOTHING);
  }

  private static byte[] receive(Ranks ranks, int from) {
    ByteBuffer length = ByteBuffer.allocateDirect(Integer.BYTES);
    ranks.exchange(from, NOTHING, length);
    ByteBuffer content = ByteBuffer.allocateDirect(length.getInt(0));
    ranks.exchange(from, NOTHING, content);
    byte[] block = new byte[content.capacity()];
    content.get(0, block);
    return block;
  }
}
