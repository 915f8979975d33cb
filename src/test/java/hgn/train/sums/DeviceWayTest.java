package hgn.train.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.DeviceException;
import hgn.tensor.DevicePeers;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said if an exchange between devices fails. */
class DeviceWayTest {
  /** Rank 0 of two, of which the other may have ended. */
  private record Pair(boolean isOtherLost) implements Ranks {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public String name(int rank) {
      return "rank " + rank;
    }

    @Override
    public void exchange(int partner, ByteBuffer mine, ByteBuffer theirs) {
      // sends the group's identity
    }

    @Override
    public void requireAll() {
      if (isOtherLost) {
        throw new RankLostException("rank 1 has ended");
      }
    }

    @Override
    public int processors() {
      return 1;
    }
  }

  /** A library none of whose exchanges succeed. */
  private static final class Broken implements DevicePeers.Library, DevicePeers {
    @Override
    public String describe() {
      return "broken";
    }

    @Override
    public byte[] newGroup() {
      return new byte[1];
    }

    @Override
    public DevicePeers join(byte[] group, int rank, int size) {
      return this;
    }

    @Override
    public void exchange(int partner, Optional<Tensor> mine, Optional<Tensor> theirs) {
      // fails later
    }

    @Override
    public void await() {
      throw new DeviceException("an exchange failed");
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  private static void sum(Ranks ranks) {
    try (Arena arena = Arena.open("test")) {
      Tensor total = Tensor.full(Backends.get("jvm"), DType.FLOAT32, Shape.of(3), 1);
      try (DeviceWay.Open open = DeviceWay.byLibrary(new Broken()).open(ranks, total)) {
        open.sum();
      }
    }
  }

  @Test
  void aRankThatIsMissingIsNamed() {
    Exception lost = assertThrows(RankLostException.class, () -> sum(new Pair(true)));
    assertEquals("rank 1 has ended", lost.getMessage());
  }

  @Test
  void elseTheLibrarySaysWhy() {
    Exception failed = assertThrows(DeviceException.class, () -> sum(new Pair(false)));
    assertEquals("an exchange failed", failed.getMessage());
  }
}
