package hgn.tensor;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Keeps freed blocks for the next tensor of about the same size.
 *
 * <p>Training steps ask for the same sizes again and again, so nothing is allocated after the first
 * step, and no page is faulted in twice. Thread-safe.
 */
public final class MemoryPool {
  private static final long ALIGNMENT = 256;

  /** A block may be larger than a request by up to this fraction of the request. */
  private static final double MAX_EXCESS = 0.25;

  private final LongFunction<Memory> allocator;
  private final TreeMap<Long, ArrayDeque<Memory>> idle = new TreeMap<>();

  /**
   * The idle blocks among the {@linkplain #reserve reserved} ones while reserved work runs;
   * otherwise null.
   */
  private TreeMap<Long, ArrayDeque<Memory>> reserved;

  private long liveBlocks;
  private long liveBytes;
  private long idleBytes;
  private long peakBytes;

  /** A pool over {@code allocator}, which takes a size in bytes. */
  public MemoryPool(LongFunction<Memory> allocator) {
    this.allocator = allocator;
  }

  /** A block of at least {@code bytes}, with undefined contents. */
  public synchronized Memory acquire(long bytes) {
    long rounded = (Math.max(bytes, 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    Memory block = reserved == null ? null : take(reserved, rounded);
    if (block == null) {
      block = take(idle, rounded);
    }
    if (block == null) {
      block = allocate(rounded);
    }
    liveBlocks++;
    liveBytes += block.bytes();
    peakBytes = Math.max(peakBytes, liveBytes);
    return block;
  }

  private Memory take(TreeMap<Long, ArrayDeque<Memory>> from, long bytes) {
    Map.Entry<Long, ArrayDeque<Memory>> fit = from.ceilingEntry(bytes);
    if (fit == null || fit.getKey() > bytes + (long) (MAX_EXCESS * bytes)) {
      return null;
    }
    Memory block = fit.getValue().pop();
    if (fit.getValue().isEmpty()) {
      from.remove(fit.getKey());
    }
    idleBytes -= block.bytes();
    return block;
  }

  private Memory allocate(long bytes) {
    try {
      return allocator.apply(bytes);
    } catch (OutOfMemoryError full) {
      trim(); // idle blocks of other sizes may take up the memory
      return allocator.apply(bytes);
    }
  }

  /** Takes back a block from {@link #acquire}. */
  public synchronized void release(Memory block) {
    liveBlocks--;
    liveBytes -= block.bytes();
    idleBytes += block.bytes();
    (reserved == null ? idle : reserved)
        .computeIfAbsent(block.bytes(), size -> new ArrayDeque<>())
        .push(block);
  }

  /** Frees every block that no tensor uses. */
  public synchronized void trim() {
    idle.values().forEach(blocks -> blocks.forEach(Memory::free));
    idle.clear();
    idleBytes = 0;
  }

  /**
   * Runs work on blocks that nothing else gets until the result is closed, even after the work has
   * freed them, so that recorded work still owns its memory when it is replayed.
   *
   * @throws IllegalStateException if the work does not free everything that it allocates
   */
  public synchronized Reservation reserve(Runnable work) {
    if (reserved != null) {
      throw new IllegalStateException("[reserve] within other reserved work; one at a time");
    }
    long live = liveBlocks;
    reserved = new TreeMap<>();
    Reservation result = new Reservation(this, reserved);
    boolean done = false;
    try {
      work.run();
      done = liveBlocks == live;
      if (!done) {
        throw new IllegalStateException(
            "[reserve] the work began with "
                + live
                + " blocks in use and ended with "
                + liveBlocks
                + "; free within the work all that it allocates, and nothing else");
      }
    } finally {
      reserved = null;
      idleBytes -= result.bytes();
      if (!done) {
        result.close();
      }
    }
    return result;
  }

  /** Blocks set aside for recorded work. */
  public static final class Reservation implements AutoCloseable {
    private final MemoryPool pool;
    private final TreeMap<Long, ArrayDeque<Memory>> blocks;

    private Reservation(MemoryPool pool, TreeMap<Long, ArrayDeque<Memory>> blocks) {
      this.pool = pool;
      this.blocks = blocks;
    }

    /** Bytes reserved. */
    public long bytes() {
      return blocks.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue().size()).sum();
    }

    /** Gives the blocks back to the pool. */
    @Override
    public void close() {
      synchronized (pool) {
        pool.idleBytes += bytes();
        blocks.forEach(
            (size, some) -> pool.idle.computeIfAbsent(size, s -> new ArrayDeque<>()).addAll(some));
        blocks.clear();
      }
    }
  }

  /** Number of blocks in use. */
  public synchronized long liveBlocks() {
    return liveBlocks;
  }

  /** Bytes in use. */
  public synchronized long liveBytes() {
    return liveBytes;
  }

  /** Bytes kept for reuse. */
  public synchronized long idleBytes() {
    return idleBytes;
  }

  /** The most bytes that were in use at once, since the last {@link #restartPeak}. */
  public synchronized long peakBytes() {
    return peakBytes;
  }

  /** Counts the peak anew, from what is in use now. */
  public synchronized void restartPeak() {
    peakBytes = liveBytes;
  }
}
