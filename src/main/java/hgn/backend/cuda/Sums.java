package hgn.backend.cuda;

import hgn.tensor.AxisReduction;
import hgn.tensor.MemoryPool;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Iterator;
import java.util.List;

/**
 * Sums over several axes, one pass per group of neighbouring axes. The division of a pass into
 * blocks depends on its sizes only, so that every device adds in the same order.
 */
final class Sums {
  /** Columns that a block sums side by side, one per thread. */
  private static final int PANEL = 256;

  /** Least number of elements per block. */
  private static final long CHUNK = 2048;

  /** Number of blocks that keeps any device busy. */
  private static final long BLOCKS = 1024;

  /** Up to this many rows, one thread sums a whole column. */
  private static final long FEW_ROWS = 64;

  /** From this many results on, one thread sums a whole column of any length. */
  private static final long MANY_RESULTS = 1 << 16;

  private static final int WARP = 32;
  private static final String OP = "sumTo";
  private static final String SQUARES = "squareSums";

  private final KernelModule kernels;
  private final Copies copies;
  private final MemoryPool pool;

  Sums(KernelModule kernels, Copies copies, MemoryPool pool) {
    this.kernels = kernels;
    this.copies = copies;
    this.pool = pool;
  }

  /** y = x summed over the axes that are 1 in {@code small}. */
  void sumTo(Floats x, Shape large, Floats y, Shape small) {
    Iterator<AxisReduction> passes = AxisReduction.between(large, small).iterator();
    try (Scratch scratch = new Scratch(pool)) {
      Floats from = x;
      while (passes.hasNext()) {
        AxisReduction pass = passes.next();
        Floats to = passes.hasNext() ? scratch.floats(pass.results()) : y;
        sum(from, pass, to);
        from = to;
      }
    }
  }

  private void sum(Floats x, AxisReduction pass, Floats y) {
    if (pass.reduced() == 1) {
      copies.copy(x, y);
    } else if (pass.reduced() <= FEW_ROWS
        || (pass.inner() >= WARP && pass.results() >= MANY_RESULTS)) {
      kernels.launch(
          OP,
          "sum_few",
          Grid.over(y.count()),
          x,
          pass.reduced(),
          new Divisor(pass.inner()),
          y,
          y.count());
    } else {
      inChunks(x, pass, y);
    }
  }

  /** y = the sum of the squares of all elements. */
  void squares(List<Tensor> xs, Floats y) {
    List<List<Tensor>> groups = TensorBlocks.groups(xs);
    long blocks = groups.stream().mapToLong(some -> new TensorBlocks(some).grid().blocks()).sum();
    try (Scratch scratch = new Scratch(pool)) {
      DeviceMemory partial = scratch.bytes(blocks * Double.BYTES);
      long to = partial.address();
      for (List<Tensor> some : groups) {
        TensorBlocks each = new TensorBlocks(some);
        long count = each.grid().blocks();
        kernels.launch(
            SQUARES,
            "sum_squares",
            new Grid(count, PANEL, 1, PANEL * Double.BYTES),
            each.struct(List.of(some)),
            to);
        to += count * Double.BYTES;
      }
      partials(SQUARES, partial, blocks, 1, y);
    }
  }

  private void inChunks(Floats x, AxisReduction pass, Floats y) {
    long panels = ceil(pass.inner(), PANEL);
    long wanted = ceil(pass.reduced() * Math.min(pass.inner(), PANEL), CHUNK);
    long most = Math.max(1, BLOCKS / (pass.outer() * panels));
    long rows = ceil(pass.reduced(), Math.min(wanted, most));
    long chunks = ceil(pass.reduced(), rows);
    try (Scratch scratch = new Scratch(pool)) {
      DeviceMemory partial = scratch.bytes(pass.results() * chunks * Double.BYTES);
      kernels.launch(
          OP,
          "sum_chunks",
          new Grid(pass.outer() * chunks * panels, PANEL, 1, PANEL * Double.BYTES),
          x,
          pass.reduced(),
          pass.inner(),
          Math.toIntExact(rows),
          Math.toIntExact(chunks),
          Math.toIntExact(panels),
          partial);
      partials(OP, partial, chunks, pass.inner(), y);
    }
  }

  /** y (outer, inner) = partial (outer, chunks, inner), summed over the chunks. */
  private void partials(String op, DeviceMemory partial, long chunks, long inner, Floats y) {
    kernels.launch(
        op,
        "sum_partials",
        Grid.of(Math.min(BLOCKS, ceil(y.count() * WARP, PANEL)), PANEL),
        partial,
        chunks,
        new Divisor(inner),
        y,
        y.count());
  }

  private static long ceil(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
