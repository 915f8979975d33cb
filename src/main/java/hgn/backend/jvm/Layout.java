package hgn.backend.jvm;

import hgn.tensor.HostTransfer;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.function.IntConsumer;

/** Moves elements without computing: copies, parts along an axis, repeated pixels. */
final class Layout {
  private static final int TASK = 1 << 16;

  private final Workers workers;

  Layout(Workers workers) {
    this.workers = workers;
  }

  void copy(Tensor x, Tensor y) {
    workers.ranges(
        HostTransfer.count(y), TASK, (from, count) -> HostTransfer.move(x, from, y, from, count));
  }

  void slice(Tensor x, int axis, int start, Tensor y) {
    int inner = Math.toIntExact(x.shape().inner(axis));
    int whole = x.shape().dim(axis) * inner;
    int part = y.shape().dim(axis) * inner;
    stretches(
        y.shape().outer(axis),
        part,
        i -> HostTransfer.move(x, i * whole + start * inner, y, i * part, part));
  }

  void paste(Tensor x, int axis, int start, Tensor y) {
    int inner = Math.toIntExact(x.shape().inner(axis));
    int whole = y.shape().dim(axis) * inner;
    int part = x.shape().dim(axis) * inner;
    stretches(
        x.shape().outer(axis),
        part,
        i -> HostTransfer.move(x, i * part, y, i * whole + start * inner, part));
  }

  void gatherRows(Tensor x, Tensor rows, Tensor y) {
    int length = Math.toIntExact(x.shape().inner(0));
    int[] from = HostTransfer.rows(rows, x.shape().dim(0));
    stretches(
        from.length,
        length,
        i -> {
          if (from[i] < 0) {
            HostTransfer.fill(y.rows(i, 1), Double.NaN);
          } else {
            HostTransfer.move(x, from[i] * length, y, i * length, length);
          }
        });
  }

  void scatterRows(Tensor g, Tensor rows, Tensor x) {
    int length = Math.toIntExact(x.shape().inner(0));
    int[] to = HostTransfer.rows(rows, x.shape().dim(0));
    stretches(
        x.shape().dim(0),
        length,
        r -> {
          double[] sum = new double[length];
          double[] term = new double[length];
          for (int i = 0; i < to.length; i++) {
            if (to[i] == r) {
              HostTransfer.read(g, i * length, term, 0, length);
              for (int k = 0; k < length; k++) {
                sum[k] += term[k];
              }
            }
          }
          HostTransfer.write(sum, 0, x, r * length, length);
        });
  }

  private void stretches(long total, int length, IntConsumer move) {
    workers.ranges(
        Math.toIntExact(total),
        Math.max(1, TASK / length),
        (from, count) -> {
          for (int i = from; i < from + count; i++) {
            move.accept(i);
          }
        });
  }

  void transpose(Tensor x, Tensor y) {
    int rows = x.shape().dim(1);
    int columns = x.shape().dim(2);
    int length = (int) x.shape().inner(2);
    int size = rows * columns * length;
    stretches(
        x.shape().dim(0),
        size,
        b -> {
          double[] from = new double[size];
          double[] to = new double[size];
          HostTransfer.read(x, b * size, from, 0, size);
          for (int i = 0; i < rows * columns; i++) {
            int at = i % columns * rows + i / columns;
            System.arraycopy(from, i * length, to, at * length, length);
          }
          HostTransfer.write(to, 0, y, b * size, size);
        });
  }

  void upsample2x(Tensor x, Tensor y) {
    Shape shape = x.shape();
    int width = shape.dim(2);
    int channels = shape.dim(3);
    stretches(
        (long) shape.dim(0) * shape.dim(1),
        4 * width * channels,
        r -> {
          double[] row = new double[width * channels];
          double[] wide = new double[2 * row.length];
          HostTransfer.read(x, r * row.length, row, 0, row.length);
          for (int j = 0; j < width; j++) {
            System.arraycopy(row, j * channels, wide, 2 * j * channels, channels);
            System.arraycopy(row, j * channels, wide, (2 * j + 1) * channels, channels);
          }
          HostTransfer.write(wide, 0, y, 2 * r * wide.length, wide.length);
          HostTransfer.write(wide, 0, y, (2 * r + 1) * wide.length, wide.length);
        });
  }

  void upsample2xGrad(Tensor g, Tensor x) {
    Shape shape = x.shape();
    int width = shape.dim(2);
    int channels = shape.dim(3);
    stretches(
        (long) shape.dim(0) * shape.dim(1),
        4 * width * channels,
        r -> {
          double[] row = new double[width * channels];
          double[] two = new double[4 * row.length];
          HostTransfer.read(g, r * two.length, two, 0, two.length);
          int below = 2 * row.length;
          for (int j = 0; j < width; j++) {
            int pixel = j * channels;
            int left = 2 * pixel;
            int right = left + channels;
            for (int c = 0; c < channels; c++) {
              row[pixel + c] =
                  two[left + c] + two[right + c] + two[below + left + c] + two[below + right + c];
            }
          }
          HostTransfer.write(row, 0, x, r * row.length, row.length);
        });
  }
}
