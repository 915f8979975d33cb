package hgn.testing.backends;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;

/** Sums directly from their formulas, one loop per index, in double precision. */
public final class Naive {
  private Naive() {}

  /** Receives the flat indices of the elements that one term of a convolution connects. */
  @FunctionalInterface
  private interface Term {
    void at(int x, int w, int y);
  }

  private static void convolve(Shape x, Shape w, Shape y, Conv2dGeometry geometry, Term term) {
    for (int n = 0; n < y.dim(0); n++) {
      for (int i = 0; i < y.dim(1); i++) {
        for (int j = 0; j < y.dim(2); j++) {
          for (int di = 0; di < w.dim(0); di++) {
            for (int dj = 0; dj < w.dim(1); dj++) {
              int row = i * geometry.stride() + di - geometry.top();
              int column = j * geometry.stride() + dj - geometry.left();
              if (row < 0 || row >= x.dim(1) || column < 0 || column >= x.dim(2)) {
                continue;
              }
              for (int c = 0; c < w.dim(2); c++) {
                for (int o = 0; o < w.dim(3); o++) {
                  term.at(
                      index(x, n, row, column, c), index(w, di, dj, c, o), index(y, n, i, j, o));
                }
              }
            }
          }
        }
      }
    }
  }

  /** y[n,i,j,o] = sum of x w over the window. */
  public static double[] conv(
      Shape xShape, double[] x, Shape wShape, double[] w, Shape yShape, Conv2dGeometry geometry) {
    double[] y = new double[(int) yShape.count()];
    convolve(xShape, wShape, yShape, geometry, (i, j, k) -> y[k] += x[i] * w[j]);
    return y;
  }

  /** The derivative of sum(y g) with respect to x: each term's w g is added to its x. */
  public static double[] convInputGrad(
      Shape xShape, Shape wShape, double[] w, Shape gShape, double[] g, Conv2dGeometry geometry) {
    double[] x = new double[(int) xShape.count()];
    convolve(xShape, wShape, gShape, geometry, (i, j, k) -> x[i] += w[j] * g[k]);
    return x;
  }

  /** The derivative of sum(y g) with respect to w: each term's x g is added to its w. */
  public static double[] convWeightGrad(
      Shape xShape, double[] x, Shape wShape, Shape gShape, double[] g, Conv2dGeometry geometry) {
    double[] w = new double[(int) wShape.count()];
    convolve(xShape, wShape, gShape, geometry, (i, j, k) -> w[j] += x[i] * g[k]);
    return w;
  }

  /** y[i,j] = sum over k of op(a)[i,k] op(b)[k,j]. */
  public static double[] matmul(
      int rows, int depth, int columns, double[] a, boolean ta, double[] b, boolean tb) {
    double[] y = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < depth; k++) {
          double left = ta ? a[k * rows + i] : a[i * depth + k];
          double right = tb ? b[j * depth + k] : b[k * columns + j];
          y[i * columns + j] += left * right;
        }
      }
    }
    return y;
  }

  /** Index in {@code small}, which is broadcast, of element {@code index} of {@code large}. */
  public static int source(Shape small, Shape large, int index) {
    int position = 0;
    int stride = 1;
    int rest = index;
    for (int axis = large.rank() - 1; axis >= 0; axis--) {
      int coordinate = rest % large.dim(axis);
      rest /= large.dim(axis);
      position += (small.dim(axis) == 1 ? 0 : coordinate) * stride;
      stride *= small.dim(axis);
    }
    return position;
  }

  /** Flat index of an element of a shape of rank 4. */
  public static int index(Shape shape, int a, int b, int c, int d) {
    return ((a * shape.dim(1) + b) * shape.dim(2) + c) * shape.dim(3) + d;
  }
}
