package hgn.tensor;

import hgn.testing.Closeness;
import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import hgn.testing.backends.Naive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The contract of sums over axes, their adjoint, and the search for non-finite values. */
class ReductionContractTest {
  private static final int[][][] SHAPES = {
    {{}, {}},
    {{1}, {1}},
    {{17}, {17}},
    {{17}, {1}},
    {{300001}, {1}},
    {{5, 33}, {1, 33}},
    {{5, 33}, {5, 1}},
    {{5, 33}, {1, 1}},
    {{1000, 65}, {1, 65}},
    {{3, 7, 5, 31}, {1, 1, 1, 31}},
    {{3, 7, 5, 31}, {3, 1, 1, 1}},
    {{3, 7, 5, 31}, {1, 7, 5, 1}},
    {{3, 7, 5, 31}, {3, 1, 1, 31}},
    {{3, 7, 5, 31}, {1, 7, 1, 31}},
    {{3, 7, 5, 31}, {3, 1, 5, 1}},
    {{3, 7, 5, 31}, {3, 7, 5, 31}},
    {{1, 5, 5, 1}, {1, 1, 1, 1}},
    {{3, 32, 32, 48}, {1, 1, 1, 48}},
    {{3, 32, 32, 48}, {3, 1, 1, 1}},
    {{4000, 3}, {4000, 1}},
    {{2, 3, 4, 3, 5}, {2, 1, 4, 1, 5}},
  };

  @EveryBackend
  @Covers("sumTo")
  void sumToAddsUpTheAxesThatBecomeOne(Lane lane) {
    for (int[][] pair : SHAPES) {
      Shape large = Shape.of(pair[0]);
      Shape small = Shape.of(pair[1]);
      double[] values = lane.values(large, 1);
      double[] expected = new double[(int) small.count()];
      for (int i = 0; i < values.length; i++) {
        expected[Naive.source(small, large, i)] += values[i];
      }
      Tensor x = lane.tensor(large, values);
      Tensor y = lane.result(small);
      lane.backend().sumTo(x, y);
      String what = "sum " + large + " to " + small;
      Closeness.sums(what, lane, expected, y, large.count() / small.count());
      Closeness.exact(what + " leaves x", lane, values, x);
    }
  }

  @EveryBackend
  @Covers("sumTo")
  void sumToGivesTheSameAtEveryCall(Lane lane) {
    Tensor x = lane.tensor(Shape.of(70001, 3), lane.values(Shape.of(70001, 3), 2));
    Tensor y = lane.result(Shape.of(1, 3));
    lane.backend().sumTo(x, y);
    double[] first = y.toDoubles();
    for (int i = 0; i < 5; i++) {
      lane.backend().sumTo(x, y);
      Closeness.exact("call " + i, lane, first, y);
    }
  }

  @EveryBackend
  @Covers("sumProducts")
  void sumProductsAddsUpProductsWithARepeatedFactor(Lane lane) {
    for (int[][] pair : SHAPES) {
      Shape large = Shape.of(pair[0]);
      Shape small = Shape.of(pair[1]);
      double[] values = lane.values(large, 5);
      for (Shape repeated : repeatedIn(large)) {
        double[] factors = lane.values(repeated, 6);
        double[] expected = new double[(int) small.count()];
        for (int i = 0; i < values.length; i++) {
          double factor = factors[Naive.source(repeated, large, i)];
          expected[Naive.source(small, large, i)] += values[i] * factor;
        }
        Tensor y = lane.result(small);
        Tensor x = lane.tensor(large, values);
        lane.backend().sumProducts(x, lane.tensor(repeated, factors), y);
        String what = "sum of " + large + " times " + repeated + " to " + small;
        Closeness.sums(what, lane, expected, y, large.count() / small.count());
        Closeness.exact(what + " leaves x", lane, values, x);
      }
    }
  }

  /** All shapes of the other factor that {@link #SHAPES} have for this one. */
  private static List<Shape> repeatedIn(Shape large) {
    return Arrays.stream(SHAPES)
        .filter(pair -> Shape.of(pair[0]).equals(large))
        .flatMap(Arrays::stream)
        .map(Shape::of)
        .distinct()
        .toList();
  }

  @EveryBackend
  @Covers("broadcastTo")
  void broadcastToRepeatsTheAxesOfOne(Lane lane) {
    for (int[][] pair : SHAPES) {
      Shape large = Shape.of(pair[0]);
      Shape small = Shape.of(pair[1]);
      double[] values = lane.values(small, 3);
      double[] expected = new double[(int) large.count()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = values[Naive.source(small, large, i)];
      }
      Tensor y = lane.result(large);
      lane.backend().broadcastTo(lane.tensor(small, values), y);
      Closeness.exact("broadcast " + small + " to " + large, lane, expected, y);
    }
  }

  @EveryBackend
  @Covers("markNonFinite")
  void markNonFiniteFindsTheOneThatIsNot(Lane lane) {
    for (int count : new int[] {1, 3, 17, 33, 65, 20011}) {
      Shape shape = Shape.of(count);
      double[] values = lane.values(shape, 4);
      values[count / 2] = lane.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
      Tensor x = lane.tensor(shape, values);
      assertFlags(lane, x, new double[] {0, 0, 5}, "all are finite");
      for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
        for (int at : new int[] {0, count / 2, count - 1}) {
          double[] changed = values.clone();
          changed[at] = bad;
          x.set(changed);
          assertFlags(lane, x, new double[] {0, 1, 5}, bad + " at " + at + " of " + count);
        }
      }
    }
  }

  @EveryBackend
  @Covers("markNonFinite")
  void markNonFiniteLooksAtTheViewOnly(Lane lane) {
    lane.backend();
    Tensor whole = lane.tensor(Shape.of(5, 3), lane.values(Shape.of(5, 3), 5));
    lane.backend().fill(whole.rows(0, 1), Double.NaN);
    lane.backend().fill(whole.rows(4, 1), Double.NaN);
    assertFlags(lane, whole.rows(1, 3), new double[] {0, 0, 5}, "rows 1 to 3");
    assertFlags(lane, whole.rows(1, 4), new double[] {0, 1, 5}, "rows 1 to 4");
  }

  private static void assertFlags(Lane lane, Tensor x, double[] expected, String what) {
    Tensor flags = lane.tensor(Shape.of(3), new double[] {0, 0, 5});
    lane.backend().markNonFinite(List.of(x), flags, 1);
    Closeness.exact(what, lane, expected, flags);
  }

  @EveryBackend
  @Covers("markNonFinite")
  void markNonFiniteTellsManyTensorsApart(Lane lane) {
    int count = 150; // more than one launch takes
    List<Tensor> xs = new ArrayList<>();
    double[] expected = new double[count + 2];
    expected[count + 1] = 7;
    for (int k = 0; k < count; k++) {
      Shape shape = Shape.of(1 + k % 7 * 31 + (k == 70 ? 9000 : 0));
      double[] values = lane.values(shape, 6 + k);
      if (k % 3 == 1) {
        values[values.length - 1] = Double.NaN;
        expected[1 + k] = 1;
      }
      xs.add(lane.tensor(shape, values));
    }
    double[] before = new double[count + 2];
    before[count + 1] = 7;
    Tensor flags = lane.tensor(Shape.of(count + 2), before);
    lane.backend().markNonFinite(xs, flags, 1);
    Closeness.exact("flags", lane, expected, flags);
  }
}
