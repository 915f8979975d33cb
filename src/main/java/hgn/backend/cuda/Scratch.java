package hgn.backend.cuda;

import hgn.tensor.Memory;
import hgn.tensor.MemoryPool;
import java.util.ArrayList;
import java.util.List;

/**
 * Scratch blocks of one operation. They return to the pool once the operation has been queued,
 * since later users of the blocks queue after it.
 */
final class Scratch implements AutoCloseable {
  private final MemoryPool pool;
  private final List<Memory> blocks = new ArrayList<>();

  Scratch(MemoryPool pool) {
    this.pool = pool;
  }

  /** A block of at least {@code bytes}, with undefined contents. */
  DeviceMemory bytes(long bytes) {
    Memory block = pool.acquire(bytes);
    blocks.add(block);
    return (DeviceMemory) block;
  }

  /** Room for {@code count} floats. */
  Floats floats(long count) {
    return new Floats(bytes(count * Float.BYTES), 0, count);
  }

  @Override
  public void close() {
    blocks.forEach(pool::release);
  }
}
