package hgn.ranks;

import hgn.files.LockHolder;
import java.nio.ByteBuffer;

/** A process without others. */
final class OneRank implements Ranks {
  static final Ranks ALONE = new OneRank();

  private OneRank() {}

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public String name(int rank) {
    return "rank " + rank + " on " + LockHolder.self().host();
  }

  @Override
  public int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public void exchange(int partner, ByteBuffer mine, ByteBuffer theirs) {
    throw new IllegalArgumentException("[ranks] there is no rank " + partner + ", only rank 0");
  }
}
