package hgn.backend.cpu;

import hgn.tensor.Backend.ConstantFilters;
import hgn.tensor.HostMemory;
import hgn.tensor.Memory;
import hgn.tensor.MemoryPool;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights as native convolutions take them. While filters are {@linkplain #hold held}, each is
 * prepared once for each of its uses. That begins with its second convolution: the first may be its
 * only one, and prepares for itself.
 */
final class Filters {
  private static final long NOT_YET = -1;
  private static final int SIDE = 3;

  private final MemoryPool pool;
  private final ThreadLocal<Held> held = new ThreadLocal<>();

  Filters(MemoryPool pool) {
    this.pool = pool;
  }

  /** What has been prepared since this thread began to hold filters, by the tensors themselves. */
  private final class Held implements ConstantFilters {
    private final List<Map<Tensor, Long>> addresses = new ArrayList<>();
    private final List<Memory> blocks = new ArrayList<>();

    Held() {
      for (int use = 0; use < FilterUse.values().length; use++) {
        addresses.add(new IdentityHashMap<>());
      }
    }

    long prepared(FilterUse use, Tensor w) {
      Map<Tensor, Long> known = addresses.get(use.ordinal());
      Long address = known.putIfAbsent(w, NOT_YET);
      if (address == null) {
        return 0;
      }
      if (address == NOT_YET) {
        address = prepare(use, w);
        known.put(w, address);
      }
      return address;
    }

    private long prepare(FilterUse use, Tensor w) {
      int channels = w.shape().dim(2);
      int outputs = w.shape().dim(3);
      long floats = Native.filterFloats(use.ordinal(), channels, outputs);
      if (floats == 0) {
        return 0;
      }
      Memory block = pool.acquire(floats * Float.BYTES);
      blocks.add(block);
      long address = ((HostMemory) block).address();
      Native.prepareFilter(use.ordinal(), channels, outputs, CpuBackend.address(w), address);
      return address;
    }

    @Override
    public void close() {
      held.remove();
      blocks.forEach(pool::release);
    }
  }

  /**
   * Keeps what is prepared until the result is closed; within another such scope, until that is.
   */
  ConstantFilters hold() {
    if (held.get() != null) {
      return () -> {};
    }
    held.set(new Held());
    return held.get();
  }

  /** Address of the prepared weights, or 0 if there are none. */
  long prepared(FilterUse use, Tensor w) {
    Held kept = held.get();
    return kept != null && isSmallSquare(w.shape()) ? kept.prepared(use, w) : 0;
  }

  private static boolean isSmallSquare(Shape w) {
    return w.dim(0) == SIDE && w.dim(1) == SIDE;
  }
}
