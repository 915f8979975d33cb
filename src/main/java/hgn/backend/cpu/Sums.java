package hgn.backend.cpu;

import hgn.tensor.AxisReduction;
import hgn.tensor.HostMemory;
import hgn.tensor.Loops;
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

  /** Sums over one group of axes into y. */
  private interface Pass {
    void run(AxisReduction reduction, long y);
  }

  /** y = x summed over the axes that are 1 in {@code small}; addresses of float32 elements. */
  void sumTo(long x, Shape large, long y, Shape small) {
    sum(stored(x), large, y, small);
  }

  /**
   * y = a b summed likewise, where b is the operand of {@code loops} over a, which are no more than
   * run natively.
   */
  void sumProducts(long a, Shape large, long b, Loops loops, long y, Shape small) {
    Pass first =
        (reduction, to) ->
            Native.sumProducts(
                a,
                b,
                loops.size(0),
                loops.size(1),
                loops.size(2),
                loops.size(3),
                loops.stride(0, 0),
                loops.stride(0, 1),
                loops.stride(0, 2),
                loops.stride(0, 3),
                reduction.outer(),
                reduction.reduced(),
                reduction.inner(),
                to);
    sum(first, large, y, small);
  }

  private static Pass stored(long x) {
    return (reduction, to) ->
        Native.sum(x, reduction.outer(), reduction.reduced(), reduction.inner(), to);
  }

  private void sum(Pass first, Shape large, long y, Shape small) {
    Pass pass = first;
    Memory held = null;
    Iterator<AxisReduction> reductions = AxisReduction.between(large, small).iterator();
    while (reductions.hasNext()) {
      AxisReduction reduction = reductions.next();
      Memory next = reductions.hasNext() ? pool.acquire(reduction.results() * Float.BYTES) : null;
      long to = next == null ? y : ((HostMemory) next).address();
      try {
        pass.run(reduction, to);
      } finally {
        if (held != null) {
          pool.release(held);
        }
      }
      held = next;
      pass = stored(to);
    }
  }
}
