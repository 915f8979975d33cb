package hgn.backend.cuda;

import hgn.tensor.Shape;

/** Launches the transposition of a batch of contiguous matrices, of numbers or of runs of them. */
final class Transpose {
  /**
   * Side of the tile that a block moves through shared memory, and rows of threads, as in
   * layout.cu.
   */
  private static final int TILE = 32;

  private static final int TILE_ROWS = 8;

  private Transpose() {}

  /** y (matrices, columns, rows) = x (matrices, rows, columns). */
  static void queue(
      KernelModule kernels, String op, Floats x, long matrices, long rows, long columns, Floats y) {
    long tiles = tiles(rows) * tiles(columns);
    kernels.launch(
        op,
        "transpose",
        new Grid(matrices * tiles, TILE, TILE_ROWS, TILE * (TILE + 1) * Float.BYTES),
        x,
        Math.toIntExact(rows),
        Math.toIntExact(columns),
        y);
  }

  /** y (batch, columns, rows, length) = x of this shape, (batch, rows, columns[, length]). */
  static void queue(KernelModule kernels, String op, Floats x, Shape shape, Floats y) {
    if (shape.inner(2) == 1) {
      queue(kernels, op, x, shape.dim(0), shape.dim(1), shape.dim(2), y);
      return;
    }
    kernels.launch(
        op,
        "transpose_runs",
        Grid.over(shape.count()),
        x,
        new Divisor(shape.dim(1)),
        new Divisor(shape.dim(2)),
        new Divisor(shape.dim(3)),
        y,
        shape.count());
  }

  private static long tiles(long length) {
    return (length + TILE - 1) / TILE;
  }
}
