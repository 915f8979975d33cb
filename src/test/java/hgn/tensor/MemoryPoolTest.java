package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MemoryPoolTest {
  /** Counts bytes instead of allocating them; refuses beyond a limit. */
  private static final class Ledger {
    private final long limit;
    private long taken;
    private int allocations;

    Ledger(long limit) {
      this.limit = limit;
    }

    Memory allocate(long bytes) {
      if (taken + bytes > limit) {
        throw new OutOfMemoryError("limit " + limit);
      }
      taken += bytes;
      allocations++;
      return new Memory() {
        @Override
        public long bytes() {
          return bytes;
        }

        @Override
        public void free() {
          taken -= bytes;
        }
      };
    }
  }

  private final Ledger ledger = new Ledger(10240);
  private final MemoryPool pool = new MemoryPool(ledger::allocate);

  @Test
  void roundsUpAndCounts() {
    Memory a = pool.acquire(1);
    Memory b = pool.acquire(257);
    assertEquals(256, a.bytes());
    assertEquals(512, b.bytes());
    assertEquals(2, pool.liveBlocks());
    assertEquals(768, pool.liveBytes());
    assertEquals(0, pool.idleBytes());
    pool.release(a);
    assertEquals(1, pool.liveBlocks());
    assertEquals(512, pool.liveBytes());
    assertEquals(256, pool.idleBytes());
    assertEquals(768, pool.peakBytes());
    assertEquals(256, pool.acquire(0).bytes());
  }

  @Test
  void reusesWhatWasGivenBack() {
    Memory first = pool.acquire(1000);
    assertNotSame(first, pool.acquire(1000));
    pool.release(first);
    assertSame(first, pool.acquire(1024));
    assertEquals(2, ledger.allocations);
    assertEquals(0, pool.idleBytes());
  }

  @Test
  void aBlockServesRequestsDownToFourFifthsOfItsSize() {
    Memory block = pool.acquire(2560);
    pool.release(block);
    assertNotSame(block, pool.acquire(1792), "2560 exceeds 1792 by more than a quarter");
    assertSame(block, pool.acquire(2048), "2560 exceeds 2048 by a quarter");
    pool.release(block);
    assertNotSame(block, pool.acquire(2561), "too small");
  }

  @Test
  void theSmallestBlockThatFitsIsTaken() {
    Memory large = pool.acquire(2560);
    Memory small = pool.acquire(2304);
    pool.release(large);
    pool.release(small);
    assertSame(small, pool.acquire(2100));
    assertSame(large, pool.acquire(2100));
  }

  @Test
  void trimFreesWhatIsIdle() {
    Memory kept = pool.acquire(512);
    pool.release(pool.acquire(1024));
    pool.release(pool.acquire(4096));
    assertEquals(5632, ledger.taken);
    pool.trim();
    assertEquals(512, ledger.taken);
    assertEquals(0, pool.idleBytes());
    assertEquals(512, pool.liveBytes());
    pool.release(kept);
    assertSame(kept, pool.acquire(512));
  }

  @Test
  void reservedBlocksGoToNobodyElseUntilTheyAreGivenBack() {
    Memory idle = pool.acquire(1000);
    pool.release(idle);
    Memory[] used = new Memory[3];
    MemoryPool.Reservation reservation =
        pool.reserve(
            () -> {
              used[0] = pool.acquire(1000);
              used[1] = pool.acquire(5000);
              pool.release(used[0]);
              used[2] = pool.acquire(1000);
              pool.release(used[1]);
              pool.release(used[2]);
            });
    assertSame(idle, used[0], "what was idle is used first");
    assertSame(used[0], used[2], "the work reuses its own");
    assertEquals(1024 + 5120, reservation.bytes());
    assertEquals(0, pool.idleBytes());
    assertNotSame(used[0], pool.acquire(1000));
    pool.trim();
    reservation.close();
    assertEquals(1024 + 5120, pool.idleBytes());
    assertSame(used[1], pool.acquire(5000));
  }

  @Test
  void workThatKeepsABlockIsRefusedAndReservesNothing() {
    assertThrows(
        IllegalStateException.class,
        () ->
            pool.reserve(
                () -> {
                  pool.release(pool.acquire(3000));
                  pool.acquire(512);
                }));
    assertEquals(3072, pool.idleBytes());
    assertEquals(512, pool.liveBytes());
  }

  @Test
  void idleBlocksMakeRoomBeforeMemoryRunsOut() {
    pool.release(pool.acquire(8192));
    assertEquals(5120, pool.acquire(5120).bytes());
    assertEquals(5120, ledger.taken);
    assertThrows(OutOfMemoryError.class, () -> pool.acquire(8192));
    assertEquals(1, pool.liveBlocks(), "a refused request counts nothing");
    assertEquals(5120, pool.liveBytes());
  }
}
