package hgn.backend.cpu;

import hgn.tensor.HostMemory;
import hgn.tensor.Memory;
import hgn.tensor.MemoryPool;
import hgn.tensor.Shape;

/**
 * Sums over several axes, one group of neighbouring axes at a time from the outermost on, so that
 * each pass has the form (outer, reduced, inner) to (outer, inner).
 */
final class Sums {
  private final MemoryPool pool;

  Sums(MemoryPool pool) {
    this.pool = pool;
  }

  /** y = x summed over the axes that are 1 in {@code small}; addresses of float32 elements. */
  void sumTo(long x, Shape large, long y, Shape small) {
    long from = x;
    Memory held = null;
    long outer = 1;
    int axis = 0;
    long left = large.count();
    while (true) {
      while (axis < large.rank() && !reduces(large, small, axis)) {
        outer *= large.dim(axis++);
      }
      long reduced = 1;
      while (axis < large.rank() && (reduces(large, small, axis) || large.dim(axis) == 1)) {
        reduced *= large.dim(axis++);
      }
      left /= reduced;
      boolean last = left == small.count();
      Memory next = last ? null : pool.acquire(left * Float.BYTES);
      long to = last ? y : ((HostMemory) next).address();
      try {
        Native.sum(from, outer, reduced, left / outer, to);
      } finally {
        if (held != null) {
          pool.release(held);
        }
      }
      if (last) {
        return;
      }
      held = next;
      from = to;
    }
  }

  private static boolean reduces(Shape large, Shape small, int axis) {
    return small.dim(axis) != large.dim(axis);
  }
}
