package hgn.backend.jvm;

import hgn.tensor.HostTransfer;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/** Matrix products, and the inner loop of matrix products and convolutions. */
final class Matmul {
  /** Multiplications that are worth a task of their own. */
  static final int TASK = 1 << 18;

  private final Workers workers;

  Matmul(Workers workers) {
    this.workers = workers;
  }

  void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor y) {
    int columns = y.shape().dim(1);
    int depth = a.shape().dim(transposeA ? 0 : 1);
    int aRow = transposeA ? 1 : depth;
    int aStep = transposeA ? a.shape().dim(1) : 1;
    double[] left = values(a);
    double[] right = transposeB ? transposed(b) : values(b);
    workers.ranges(
        y.shape().dim(0),
        perTask((long) depth * columns),
        (from, rows) -> {
          double[] sums = new double[rows * columns];
          for (int i = 0; i < rows; i++) {
            int row = (from + i) * aRow;
            accumulate(left, row, aStep, depth, right, 0, columns, sums, i * columns);
          }
          HostTransfer.write(sums, 0, y, from * columns, sums.length);
        });
  }

  /** Returns how many items of {@code cost} multiplications make a task. */
  static int perTask(long cost) {
    return (int) Math.max(1, TASK / cost);
  }

  /**
   * y[j] += sum over k of a[k] b[k,j]: one row of a product.
   *
   * <p>a[k] is at {@code aFrom + k aStep}, row k of b starts at {@code bFrom + k n}. The loop takes
   * four rows at a time, so that y is loaded and stored once per four multiplications.
   */
  static void accumulate(
      double[] a,
      int aFrom,
      int aStep,
      int depth,
      double[] b,
      int bFrom,
      int n,
      double[] y,
      int yFrom) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      int at = aFrom + k * aStep;
      double a0 = a[at];
      double a1 = a[at + aStep];
      double a2 = a[at + 2 * aStep];
      double a3 = a[at + 3 * aStep];
      int b0 = bFrom + k * n;
      int b1 = b0 + n;
      int b2 = b1 + n;
      int b3 = b2 + n;
      for (int j = 0; j < n; j++) {
        y[yFrom + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; k < depth; k++) {
      double a0 = a[aFrom + k * aStep];
      int b0 = bFrom + k * n;
      for (int j = 0; j < n; j++) {
        y[yFrom + j] += a0 * b[b0 + j];
      }
    }
  }

  static double[] values(Tensor x) {
    double[] values = new double[HostTransfer.count(x)];
    HostTransfer.download(x, values);
    return values;
  }

  private static double[] transposed(Tensor x) {
    Shape shape = x.shape();
    return transposed(values(x), 0, shape.dim(0), shape.dim(1));
  }

  /** The transpose of the matrix (rows, columns) that starts at {@code from}. */
  static double[] transposed(double[] matrix, int from, int rows, int columns) {
    double[] transposed = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = matrix[from + i * columns + j];
      }
    }
    return transposed;
  }
}
