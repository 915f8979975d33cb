package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Closeness;
import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import hgn.testing.backends.Naive;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The contract of the methods that move elements. */
class LayoutContractTest {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(5, 17),
          Shape.of(3, 5, 7, 33),
          Shape.of(1, 7, 5, 65),
          Shape.of(70001));

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @EveryBackend
  @Covers({"upload(double[],Tensor)", "download(Tensor,double[])"})
  void doublesGoThereAndBack(Lane lane) {
    for (Shape shape : SHAPES) {
      double[] values = new java.util.SplittableRandom(1).doubles(shape.count(), -9, 9).toArray();
      values[0] = Math.PI;
      Tensor x = lane.result(shape);
      lane.backend().upload(values, x);
      double[] back = new double[values.length];
      lane.backend().download(x, back);
      assertArrayEquals(lane.rounded(values), back, 0, shape.toString());
    }
  }

  @EveryBackend
  @Covers({"upload(float[],Tensor)", "download(Tensor,float[])"})
  void floatsGoThereAndBack(Lane lane) {
    for (Shape shape : SHAPES) {
      double[] values = new java.util.SplittableRandom(2).doubles(shape.count(), -9, 9).toArray();
      Tensor x = lane.result(shape);
      lane.backend().upload(floats(values), x);
      float[] back = new float[values.length];
      lane.backend().download(x, back);
      assertArrayEquals(floats(values), back, 0, shape.toString());
      lane.backend().upload(values, x);
      lane.backend().download(x, back);
      assertArrayEquals(floats(values), back, 0, "rounded " + shape);
    }
  }

  @EveryBackend
  @Covers({"transferBuffer", "upload(ByteBuffer,Tensor)", "download(Tensor,ByteBuffer)"})
  void floatsGoThereAndBackThroughTransferBuffers(Lane lane) {
    for (Shape shape : SHAPES) {
      Tensor x = lane.result(shape);
      if (x.dtype() != DType.FLOAT32) {
        return;
      }
      float[] values =
          floats(new java.util.SplittableRandom(3).doubles(shape.count(), -9, 9).toArray());
      int bytes = Math.toIntExact(Float.BYTES * shape.count());
      ByteBuffer sent = lane.backend().transferBuffer(bytes);
      ByteBuffer got = lane.backend().transferBuffer(bytes);
      sent.asFloatBuffer().put(0, values);
      lane.backend().upload(sent, x);
      lane.backend().download(x, got);
      float[] back = new float[values.length];
      got.asFloatBuffer().get(0, back);
      assertArrayEquals(values, back, 0, shape.toString());
      assertArrayEquals(values, x.toFloats(), 0, shape.toString());
    }
  }

  @EveryBackend
  @Covers({"upload(double[],Tensor)", "download(Tensor,double[])", "copy"})
  void whatIsNotFiniteIsMovedAsItIs(Lane lane) {
    double[] values = {Double.NaN, 1 / 0.0, -1 / 0.0, -0.0, 0.0};
    Tensor x = lane.tensor(Shape.of(5), values);
    Tensor y = lane.result(Shape.of(5));
    lane.backend().copy(x, y);
    assertArrayEquals(values, y.toDoubles());
    assertArrayEquals(floats(values), y.toFloats());
  }

  @EveryBackend
  @Covers("read")
  void aReadingHoldsWhatWasThereWhenItWasAskedFor(Lane lane) {
    for (Shape shape : SHAPES) {
      double[] values = lane.values(shape, 13);
      Tensor x = lane.tensor(shape, values);
      PendingDownload first = lane.backend().read(x);
      lane.backend().fill(x, 3);
      PendingDownload second = lane.backend().read(x);
      assertArrayEquals(values, first.values(), shape.toString());
      assertTrue(first.hasArrived());
      lane.backend().fill(x, 4);
      lane.backend().read(x).values(); // memory of earlier readings may be overwritten
      assertArrayEquals(values, first.values(), shape.toString());
      Arrays.fill(values, 3);
      assertArrayEquals(values, second.values(), shape.toString());
    }
  }

  @EveryBackend
  @Covers("fill")
  void fillWritesOneValueEverywhere(Lane lane) {
    for (Shape shape : SHAPES) {
      for (double value : new double[] {0, -2.5, Math.PI, Double.NaN, 1 / 0.0}) {
        double[] expected = new double[(int) shape.count()];
        Arrays.fill(expected, value);
        Tensor y = lane.result(shape);
        lane.backend().fill(y, value);
        Closeness.exact("fill " + shape, lane, expected, y);
      }
    }
  }

  @EveryBackend
  @Covers("copy")
  void copyCopiesAcrossShapes(Lane lane) {
    for (Shape shape : SHAPES) {
      double[] values = lane.values(shape, 3);
      Tensor x = lane.tensor(shape, values);
      Tensor y = lane.result(Shape.of((int) shape.count()));
      lane.backend().copy(x, y);
      Closeness.exact("copy " + shape, lane, values, y);
      lane.backend().copy(x, x);
      Closeness.exact("copy onto itself " + shape, lane, values, x);
    }
  }

  /** Shape, axis, start, length. */
  private static final int[][][] PARTS = {
    {{1}, {0, 0, 1}},
    {{17}, {0, 5, 7}},
    {{70001}, {0, 1, 69999}},
    {{5, 33}, {0, 1, 3}},
    {{5, 33}, {1, 32, 1}},
    {{5, 33}, {1, 0, 33}},
    {{3, 5, 7, 65}, {0, 2, 1}},
    {{3, 5, 7, 65}, {1, 1, 3}},
    {{3, 5, 7, 65}, {2, 3, 4}},
    {{3, 5, 7, 65}, {3, 31, 33}},
    {{3, 5, 7, 65}, {3, 64, 1}},
    {{16, 4, 4, 32}, {3, 16, 16}},
  };

  /** Index in the whole of element {@code index} of the part. */
  private static int whole(Shape whole, Shape part, int axis, int start, int index) {
    int inner = 1;
    for (int i = axis + 1; i < whole.rank(); i++) {
      inner *= whole.dim(i);
    }
    int behind = index % inner;
    int along = index / inner % part.dim(axis);
    int before = index / inner / part.dim(axis);
    return (before * whole.dim(axis) + along + start) * inner + behind;
  }

  @EveryBackend
  @Covers("slice")
  void sliceTakesAPart(Lane lane) {
    for (int[][] p : PARTS) {
      Shape shape = Shape.of(p[0]);
      Shape part = shape.with(p[1][0], p[1][2]);
      double[] values = lane.values(shape, 4);
      double[] expected = new double[(int) part.count()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = values[whole(shape, part, p[1][0], p[1][1], i)];
      }
      Tensor y = lane.result(part);
      lane.backend().slice(lane.tensor(shape, values), p[1][0], p[1][1], y);
      Closeness.exact("slice " + shape + Arrays.toString(p[1]), lane, expected, y);
    }
  }

  @EveryBackend
  @Covers("paste")
  void pasteWritesAPartAndLeavesTheRest(Lane lane) {
    for (int[][] p : PARTS) {
      Shape shape = Shape.of(p[0]);
      Shape part = shape.with(p[1][0], p[1][2]);
      double[] values = lane.values(part, 5);
      double[] expected = lane.values(shape, 6);
      Tensor y = lane.tensor(shape, expected);
      for (int i = 0; i < values.length; i++) {
        expected[whole(shape, part, p[1][0], p[1][1], i)] = values[i];
      }
      lane.backend().paste(lane.tensor(part, values), p[1][0], p[1][1], y);
      Closeness.exact("paste " + shape + Arrays.toString(p[1]), lane, expected, y);
    }
  }

  /** Rows of x, its other dimensions, and the rows that are taken. */
  private static final int[][][] ROWS = {
    {{1}, {}, {0}},
    {{5}, {}, {4, 0, 0, 2}},
    {{3}, {7}, {2}},
    {{4}, {33}, {3, 1, 1, 0, 3, 3}},
    {{9}, {2, 4}, {8, 7, 6, 5, 4, 3, 2, 1, 0}},
    {{43}, {4, 4, 16}, {0, 5, 11, 17, 23, 29, 35, 42}},
    {{2}, {70001}, {1, 1, 0}},
  };

  private static Shape rowShape(int rows, int[] rest) {
    int[] dims = new int[rest.length + 1];
    dims[0] = rows;
    System.arraycopy(rest, 0, dims, 1, rest.length);
    return Shape.of(dims);
  }

  private static Tensor numbers(Lane lane, int... rows) {
    return lane.tensor(Shape.of(rows.length), Arrays.stream(rows).asDoubleStream().toArray());
  }

  @EveryBackend
  @Covers("gatherRows")
  void gatherRowsTakesRowsByNumber(Lane lane) {
    for (int[][] r : ROWS) {
      Shape shape = rowShape(r[0][0], r[1]);
      Shape taken = rowShape(r[2].length, r[1]);
      int length = (int) (shape.count() / r[0][0]);
      double[] values = lane.values(shape, 9);
      double[] expected = new double[(int) taken.count()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = values[r[2][i / length] * length + i % length];
      }
      Tensor y = lane.result(taken);
      lane.backend().gatherRows(lane.tensor(shape, values), numbers(lane, r[2]), y);
      Closeness.exact("rows " + Arrays.toString(r[2]) + " of " + shape, lane, expected, y);
    }
  }

  @EveryBackend
  @Covers("scatterRows")
  void scatterRowsAddsRowsByNumber(Lane lane) {
    for (int[][] r : ROWS) {
      Shape shape = rowShape(r[0][0], r[1]);
      Shape taken = rowShape(r[2].length, r[1]);
      int length = (int) (shape.count() / r[0][0]);
      double[] values = lane.values(taken, 10);
      double[] expected = new double[(int) shape.count()];
      for (int i = 0; i < values.length; i++) {
        expected[r[2][i / length] * length + i % length] += values[i];
      }
      Tensor x = lane.result(shape);
      lane.backend().scatterRows(lane.tensor(taken, values), numbers(lane, r[2]), x);
      String what = "rows " + Arrays.toString(r[2]) + " into " + shape;
      Closeness.sums(what, lane, expected, x, r[2].length);
    }
  }

  @EveryBackend
  @Covers({"gatherRows", "scatterRows"})
  void whatIsNoRowIsNotANumberAndGetsNothing(Lane lane) {
    for (int length : new int[] {3, 4}) {
      Shape shape = Shape.of(2, length);
      double[] values = lane.values(shape, 11);
      double[] none = {-1, 2, 0.5, Double.NaN, 1 / 0.0, 1e30};
      Tensor numbers = lane.tensor(Shape.of(none.length), none);
      double[] expected = new double[none.length * length];
      Arrays.fill(expected, Double.NaN);
      Tensor y = lane.result(Shape.of(none.length, length));
      lane.backend().gatherRows(lane.tensor(shape, values), numbers, y);
      Closeness.exact("gathered", lane, expected, y);
      Tensor x = lane.result(shape);
      Tensor g = lane.tensor(y.shape(), lane.values(y.shape(), 12));
      lane.backend().scatterRows(g, numbers, x);
      Closeness.exact("scattered", lane, new double[2 * length], x);
    }
  }

  private static final List<Shape> IMAGES =
      List.of(
          Shape.of(1, 1, 1, 1),
          Shape.of(1, 3, 5, 3),
          Shape.of(3, 5, 3, 17),
          Shape.of(3, 4, 7, 64),
          Shape.of(1, 7, 1, 65),
          Shape.of(2, 16, 16, 33));

  private static Shape doubled(Shape x) {
    return Shape.of(x.dim(0), 2 * x.dim(1), 2 * x.dim(2), x.dim(3));
  }

  /** The pixel of x that pixel {@code index} of the doubled image repeats. */
  private static int pixel(Shape x, int index) {
    Shape y = doubled(x);
    int c = index % y.dim(3);
    int column = index / y.dim(3) % y.dim(2);
    int row = index / y.dim(3) / y.dim(2) % y.dim(1);
    int n = index / y.dim(3) / y.dim(2) / y.dim(1);
    return Naive.index(x, n, row / 2, column / 2, c);
  }

  @EveryBackend
  @Covers("transpose")
  void transposeSwapsTheSecondAndThirdDimension(Lane lane) {
    int[][] sizes = {
      {1, 1, 1},
      {3, 5, 7},
      {16, 64, 48},
      {2, 1, 65},
      {9, 33, 4},
      {2, 5, 7, 1},
      {1, 1, 1, 3},
      {3, 33, 30, 3},
      {2, 128, 9, 5},
      {5, 1, 9, 2},
      {4, 31, 1, 16},
    };
    for (int[] size : sizes) {
      Shape shape = Shape.of(size);
      int length = (int) shape.inner(2);
      double[] values = lane.values(shape, 6);
      double[] expected = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        int run = i / length;
        int column = run % size[2];
        int row = run / size[2] % size[1];
        int batch = run / size[2] / size[1];
        int to = (batch * size[2] + column) * size[1] + row;
        expected[to * length + i % length] = values[i];
      }
      Tensor y = lane.result(shape.with(1, size[2]).with(2, size[1]));
      lane.backend().transpose(lane.tensor(shape, values), y);
      Closeness.exact("transpose " + shape, lane, expected, y);
    }
  }

  @EveryBackend
  @Covers("upsample2x")
  void upsample2xRepeatsPixels(Lane lane) {
    for (Shape shape : IMAGES) {
      double[] values = lane.values(shape, 7);
      double[] expected = new double[4 * values.length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = values[pixel(shape, i)];
      }
      Tensor y = lane.result(doubled(shape));
      lane.backend().upsample2x(lane.tensor(shape, values), y);
      Closeness.exact("upsample " + shape, lane, expected, y);
    }
  }

  @EveryBackend
  @Covers("addUpsampled")
  void addUpsampledAddsRepeatedPixels(Lane lane) {
    for (Shape shape : IMAGES) {
      for (Activation f : List.of(Activation.IDENTITY, Activation.RELU, Activation.SIGMOID)) {
        double[] values = lane.values(shape, 9);
        double[] others = lane.values(doubled(shape), 10);
        double[] expected = new double[others.length];
        for (int i = 0; i < expected.length; i++) {
          double sum = others[i] + values[pixel(shape, i)];
          expected[i] =
              switch (f) {
                case RELU -> Math.max(sum, 0);
                case SIGMOID -> 1 / (1 + Math.exp(-sum));
                default -> sum;
              };
        }
        Tensor y = lane.result(doubled(shape));
        Tensor a = lane.tensor(doubled(shape), others);
        lane.backend().addUpsampled(a, lane.tensor(shape, values), f, y);
        Closeness.sums("add upsampled " + f + " " + shape, lane, expected, y, 2);
      }
    }
  }

  @EveryBackend
  @Covers("upsample2xGrad")
  void upsample2xGradSumsBlocks(Lane lane) {
    for (Shape shape : IMAGES) {
      double[] values = lane.values(doubled(shape), 8);
      double[] expected = new double[values.length / 4];
      for (int i = 0; i < values.length; i++) {
        expected[pixel(shape, i)] += values[i];
      }
      Tensor x = lane.result(shape);
      lane.backend().upsample2xGrad(lane.tensor(doubled(shape), values), x);
      Closeness.sums("upsample gradient " + shape, lane, expected, x, 4);
    }
  }
}
