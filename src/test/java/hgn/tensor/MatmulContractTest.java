package hgn.tensor;

import hgn.testing.Closeness;
import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import hgn.testing.backends.Naive;

/** The contract of matrix products. */
class MatmulContractTest {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 5, 3},
    {3, 1, 17},
    {5, 3, 1},
    {17, 31, 33},
    {33, 65, 31},
    {65, 17, 5},
    {64, 576, 48},
    {1, 784, 200},
    {16, 200, 1},
    {200, 3, 200},
    {5, 4097, 3},
    {130, 70, 90},
  };

  @EveryBackend
  @Covers("matmul")
  void matmulMultipliesWithEitherSideTransposed(Lane lane) {
    for (int[] size : SIZES) {
      for (int flags = 0; flags < 4; flags++) {
        check(lane, size[0], size[1], size[2], (flags & 1) != 0, (flags & 2) != 0);
      }
    }
  }

  private static void check(Lane lane, int rows, int depth, int columns, boolean ta, boolean tb) {
    Shape aShape = ta ? Shape.of(depth, rows) : Shape.of(rows, depth);
    Shape bShape = tb ? Shape.of(columns, depth) : Shape.of(depth, columns);
    double[] a = lane.values(aShape, 1);
    double[] b = lane.values(bShape, 2);
    Tensor y = lane.result(Shape.of(rows, columns));
    lane.backend().matmul(lane.tensor(aShape, a), ta, lane.tensor(bShape, b), tb, y);
    String what = aShape + (ta ? "^T " : " ") + bShape + (tb ? "^T" : "");
    Closeness.sums(what, lane, Naive.matmul(rows, depth, columns, a, ta, b, tb), y, depth);
  }

  @EveryBackend
  @Covers("matmul")
  void matmulTakesOneTensorTwice(Lane lane) {
    Shape shape = Shape.of(33, 17);
    double[] a = lane.values(shape, 3);
    Tensor x = lane.tensor(shape, a);
    Tensor y = lane.result(Shape.of(17, 17));
    lane.backend().matmul(x, true, x, false, y);
    Closeness.sums("x^T x", lane, Naive.matmul(17, 33, 17, a, true, a, false), y, 33);
  }

  @EveryBackend
  @Covers("matmul")
  void matmulPassesOnWhatIsNotANumber(Lane lane) {
    Tensor a = lane.tensor(Shape.of(2, 2), 0, Double.NaN, 1, 2);
    Tensor b = lane.tensor(Shape.of(2, 1), Double.POSITIVE_INFINITY, 0);
    Tensor y = lane.result(Shape.of(2, 1));
    lane.backend().matmul(a, false, b, false, y);
    Closeness.exact("product", lane, new double[] {Double.NaN, Double.POSITIVE_INFINITY}, y);
  }
}
