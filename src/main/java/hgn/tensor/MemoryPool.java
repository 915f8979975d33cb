package hgn.tensor;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Keeps the blocks that tensors have given back, for the next tensor of about that size.
 *
 * <p>A training step asks for the same sizes again and again, so after the first step nothing is
 * allocated any more, and no page is faulted in twice. Thread-safe.
 */
public final class MemoryPool {
  private static final long ALIGNMENT = 256;

  /** A block may serve a request that it exceeds by up to this share of the request. */
  private static final double SLACK = 0.25;

  private final LongFunction<Memory> allocator;
  private final TreeMap<Long, ArrayDeque<Memory>> idle = new TreeMap<>();
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
    Map.Entry<Long, ArrayDeque<Memory>> fit = idle.ceilingEntry(rounded);
    Memory block;
    if (fit != null && fit.getKey() <= rounded + (long) (SLACK * rounded)) {
      block = fit.getValue().pop();
      if (fit.getValue().isEmpty()) {
        idle.remove(fit.getKey());
      }
      idleBytes -= block.bytes();
    } else {
      block = allocate(rounded);
    }
    liveBlocks++;
    liveBytes += block.bytes();
    peakBytes = Math.max(peakBytes, liveBytes);
    return block;
  }

  private Memory allocate(long bytes) {
    try {
      return allocator.apply(bytes);
    } catch (OutOfMemoryError full) {
      trim(); // blocks of other sizes may be what stands in the way
      return allocator.apply(bytes);
    }
  }

  /** Takes back a block that {@link #acquire} gave. */
  public synchronized void release(Memory block) {
    liveBlocks--;
    liveBytes -= block.bytes();
    idleBytes += block.bytes();
    idle.computeIfAbsent(block.bytes(), size -> new ArrayDeque<>()).push(block);
  }

  /** Frees every block that no tensor uses. */
  public synchronized void trim() {
    idle.values().forEach(blocks -> blocks.forEach(Memory::free));
    idle.clear();
    idleBytes = 0;
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

  /** The most bytes that were in use at once. */
  public synchronized long peakBytes() {
    return peakBytes;
  }
}
