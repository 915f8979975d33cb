package hgn.backend.cpu;

import hgn.tensor.AxisReduction;
import hgn.tensor.HostMemory;
import hgn.tensor.Memory;
import hgn.tensor.MemoryPool;
import hgn.tensor.Shape;
import java.util.Iterator;

/** Sums over several axes, one pass per group of neighbouring axes. */
final class Sums {
  private final MemoryPool pool;

  Sums(MemoryPool pool) {
    this.pool = pool;
  }

  /** y = x summed over the axes that are 1 in {@code small}; addresses of float32 elements. */
  void sumTo(long x, Shape large, long y, Shape small) {
    long from = x;
    Memory held = null;
    Iterator<AxisReduction> passes = AxisReduction.between(large, small).iterator();
    while (passes.hasNext()) {
      AxisReduction pass = passes.next();
      Memory next = passes.hasNext() ? pool.acquire(pass.results() * Float.BYTES) : null;
      long to = next == null ? y : ((HostMemory) next).address();
      try {
        Native.sum(from, pass.outer(), pass.reduced(), pass.inner(), to);
      } finally {
        if (held != null) {
          pool.release(held);
        }
      }
      held = next;
      from = to;
    }
  }
}
