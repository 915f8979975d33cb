package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Linear operations and their adjoints in float64: &lt;A x, y&gt; = &lt;x, A* y&gt; for all x and
 * y.
 */
class AdjointTest {
  private final Backend backend = Backends.get("jvm");
  private Arena arena;

  @BeforeTry
  void open() {
    arena = Arena.open("property");
  }

  @AfterTry
  void close() {
    arena.close();
  }

  private Tensor random(Shape shape, long seed) {
    double[] values = new SplittableRandom(seed).doubles(shape.count(), -1, 1).toArray();
    return Tensor.of(backend, DType.FLOAT64, shape, values);
  }

  private static double dot(Tensor a, Tensor b) {
    assertEquals(a.shape(), b.shape());
    return TensorOps.sum(TensorOps.binary(BinaryOp.MUL, a, b)).item();
  }

  private static void assertAdjoint(Tensor ax, Tensor y, Tensor x, Tensor ay) {
    double scale = 1 + Math.sqrt(Math.max(ax.shape().count(), x.shape().count()));
    assertEquals(dot(ax, y), dot(x, ay), 1e-11 * scale);
  }

  @Property(tries = 200)
  void broadcastAndSum(
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(min = 1, max = 5) int h,
      @ForAll @IntRange(min = 1, max = 5) int c,
      @ForAll @IntRange(min = 0, max = 7) int ones,
      @ForAll @IntRange(min = 0, max = 3) int dropped,
      @ForAll long seed) {
    int[] dims = {n, h, c};
    int[] small = new int[3 - dropped];
    for (int i = 0; i < small.length; i++) {
      small[i] = (ones >> i & 1) == 1 ? 1 : dims[i + dropped];
    }
    Tensor x = random(Shape.of(small), seed);
    Tensor y = random(Shape.of(dims), seed + 1);
    Tensor repeated = TensorOps.broadcastTo(x, y.shape());
    assertAdjoint(repeated, y, x, TensorOps.sumTo(y, x.shape()));
  }

  @Property(tries = 200)
  void sliceAndPad(
      @ForAll @IntRange(min = 1, max = 6) int n,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int c,
      @ForAll @IntRange(min = -3, max = 2) int axis,
      @ForAll @IntRange(min = 0, max = 5) int start,
      @ForAll @IntRange(min = 1, max = 6) int length,
      @ForAll long seed) {
    Tensor x = random(Shape.of(n, h, c), seed);
    int size = x.shape().dim(axis);
    int from = start % size;
    int count = Math.min(length, size - from);
    Tensor part = TensorOps.slice(x, axis, from, count);
    Tensor y = random(part.shape(), seed + 1);
    assertAdjoint(part, y, x, TensorOps.pad(y, axis, from, size));
  }

  @Property(tries = 100)
  void concatUndoesSlicing(
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(min = 2, max = 9) int c,
      @ForAll @IntRange(min = 1, max = 8) int cut,
      @ForAll long seed) {
    Tensor x = random(Shape.of(n, 3, c), seed);
    int first = Math.min(cut, c - 1);
    Tensor left = TensorOps.slice(x, -1, 0, first);
    Tensor right = TensorOps.slice(x, -1, first, c - first);
    Tensor whole = TensorOps.concat(List.of(left, right), -1);
    assertEquals(0, dot(TensorOps.binary(BinaryOp.SUB, whole, x), whole));
    assertEquals(x.shape(), whole.shape());
  }

  @Property(tries = 100)
  void upsampleAndItsGradient(
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w,
      @ForAll @IntRange(min = 1, max = 9) int c,
      @ForAll long seed) {
    Tensor x = random(Shape.of(n, h, w, c), seed);
    Tensor y = random(Shape.of(n, 2 * h, 2 * w, c), seed + 1);
    assertAdjoint(TensorOps.upsample2x(x), y, x, TensorOps.upsample2xGrad(y));
  }

  @Property(tries = 100)
  void matmulAndItsTransposes(
      @ForAll @IntRange(min = 1, max = 9) int rows,
      @ForAll @IntRange(min = 1, max = 9) int depth,
      @ForAll @IntRange(min = 1, max = 9) int columns,
      @ForAll long seed) {
    Tensor a = random(Shape.of(rows, depth), seed);
    Tensor b = random(Shape.of(depth, columns), seed + 1);
    Tensor g = random(Shape.of(rows, columns), seed + 2);
    Tensor y = TensorOps.matmul(a, false, b, false);
    assertAdjoint(y, g, a, TensorOps.matmul(g, false, b, true));
    assertAdjoint(y, g, b, TensorOps.matmul(a, true, g, false));
  }

  @Property(tries = 300)
  void convolutionAndBothGradients(
      @ForAll @IntRange(min = 1, max = 2) int n,
      @ForAll @IntRange(min = 3, max = 8) int h,
      @ForAll @IntRange(min = 3, max = 8) int w,
      @ForAll @IntRange(min = 1, max = 6) int c,
      @ForAll @IntRange(min = 1, max = 6) int o,
      @ForAll @IntRange(min = 1, max = 3) int kernelHeight,
      @ForAll @IntRange(min = 1, max = 3) int kernelWidth,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 0, max = 80) int padding,
      @ForAll long seed) {
    Conv2dGeometry geometry =
        new Conv2dGeometry(stride, padding % 3, padding / 3 % 3, padding / 9 % 3, padding / 27);
    Tensor x = random(Shape.of(n, h, w, c), seed);
    Tensor kernel = random(Shape.of(kernelHeight, kernelWidth, c, o), seed + 1);
    Tensor y = TensorOps.conv2d(x, kernel, null, geometry, Activation.IDENTITY);
    Tensor g = random(y.shape(), seed + 2);
    assertAdjoint(y, g, x, TensorOps.conv2dInputGrad(g, kernel, geometry, x.shape()));
    assertAdjoint(y, g, kernel, TensorOps.conv2dWeightGrad(x, g, geometry, kernel.shape()));
  }
}
