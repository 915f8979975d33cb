package hgn.backend.cuda;

import hgn.tensor.Backend.ConstantFilters;
import hgn.tensor.MemoryPool;
import hgn.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Filters (kh,kw,C,O) in cuDNN's layout and type: (O,kh,kw,C), in bfloat16 if the case is. While
 * filters are {@linkplain #hold held}, each is converted once, however many convolutions have it.
 */
final class Filters {
  private final KernelModule kernels;
  private final Bfloat16 bfloat16;
  private final MemoryPool pool;
  private final ThreadLocal<Held> held = new ThreadLocal<>();

  Filters(KernelModule kernels, Bfloat16 bfloat16, MemoryPool pool) {
    this.kernels = kernels;
    this.bfloat16 = bfloat16;
    this.pool = pool;
  }

  /** What has been converted since this thread began to hold filters, by the tensors themselves. */
  private final class Held implements ConstantFilters {
    private final Scratch scratch = new Scratch(pool);
    private final Map<Tensor, Floats> floats = new IdentityHashMap<>();
    private final Map<Tensor, Floats> halves = new IdentityHashMap<>();

    @Override
    public void close() {
      held.remove();
      scratch.close();
    }
  }

  /**
   * Keeps what is converted until the result is closed; within another such scope, until that is.
   */
  ConstantFilters hold() {
    if (held.get() != null) {
      return () -> {};
    }
    held.set(new Held());
    return held.get();
  }

  /** The filter as cuDNN takes it, in {@code scratch} unless it is held. */
  Floats converted(ConvolutionCase sizes, Tensor w, Scratch scratch) {
    Held kept = held.get();
    if (kept == null) {
      return convert(sizes, w, scratch);
    }
    Map<Tensor, Floats> known = sizes.isBfloat16() ? kept.halves : kept.floats;
    return known.computeIfAbsent(w, filter -> convert(sizes, filter, kept.scratch));
  }

  private Floats convert(ConvolutionCase sizes, Tensor w, Scratch scratch) {
    String op = sizes.direction().op();
    Floats turned = scratch.floats(w.shape().count());
    Transpose.queue(kernels, op, Floats.of(w), 1, w.shape().outer(3), w.shape().dim(3), turned);
    return sizes.isBfloat16() ? bfloat16.rounded(op, turned, scratch) : turned;
  }
}
