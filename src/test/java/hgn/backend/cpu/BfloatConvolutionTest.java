package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.ConvShapes;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.Naive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Convolutions that round their factors to bfloat16, against double precision, on every instruction
 * set: by tiles where the processor has them, otherwise by the code that stands for them.
 *
 * <p>Of factors that need no rounding the only errors are those of float32 sums. Rounding changes a
 * factor by up to 2^-8 of itself.
 */
class BfloatConvolutionTest {
  private static final double ROUNDING = 0x1p-8;

  private record Case(Shape x, Shape w, Conv2dGeometry geometry) {
    Shape y() {
      return ConvShapes.output(x, w, geometry);
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(Shape.of(1, 3, 3, 1), Shape.of(1, 1, 1, 1), Conv2dGeometry.symmetric(1, 0)),
          new Case(Shape.of(3, 7, 5, 3), Shape.of(3, 3, 3, 5), Conv2dGeometry.symmetric(1, 1)),
          new Case(Shape.of(2, 9, 6, 5), Shape.of(2, 3, 5, 3), Conv2dGeometry.symmetric(3, 1)),
          new Case(Shape.of(5, 8, 7, 16), Shape.of(3, 3, 16, 8), Conv2dGeometry.symmetric(2, 1)),
          new Case(Shape.of(2, 5, 7, 15), Shape.of(2, 2, 15, 17), Conv2dGeometry.after(1, 1)),
          new Case(
              Shape.of(1, 6, 5, 64), Shape.of(3, 3, 64, 33), new Conv2dGeometry(1, 2, 0, 1, 2)),
          new Case(Shape.of(3, 9, 32, 24), Shape.of(3, 3, 24, 3), Conv2dGeometry.symmetric(1, 1)),
          new Case(Shape.of(2, 12, 11, 34), Shape.of(5, 4, 34, 37), Conv2dGeometry.symmetric(2, 2)),
          new Case(Shape.of(4, 10, 10, 3), Shape.of(1, 1, 3, 7), Conv2dGeometry.symmetric(3, 0)),
          new Case(Shape.of(33, 4, 4, 18), Shape.of(3, 3, 18, 20), Conv2dGeometry.symmetric(1, 1)));

  /** Samples, height, width, channels, outputs of images before an upsampling. */
  private static final List<int[]> DOUBLED =
      List.of(
          new int[] {1, 1, 1, 1, 1},
          new int[] {3, 3, 5, 7, 9},
          new int[] {5, 4, 4, 24, 3},
          new int[] {2, 3, 16, 34, 20},
          new int[] {21, 4, 5, 18, 33});

  /** Numbers in (-1, 1), whole multiples of {@code grid} if that is not 0. */
  private static double[] values(Shape shape, long seed, double grid) {
    double[] values = new SplittableRandom(seed).doubles(shape.count(), -1, 1).toArray();
    return Arrays.stream(values)
        .map(v -> grid == 0 ? (float) v : Math.rint(v / grid) * grid)
        .toArray();
  }

  private static double[] sizes(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }

  /** What a result should be, and the sum of its terms' sizes. */
  private record Exact(double[] values, double[] sizes) {}

  /** By name, so that they are computed once for all setups. */
  private static final Map<String, Exact> EXACT = new ConcurrentHashMap<>();

  /** Checks that each value is within {@code share} of the sum of its terms' sizes. */
  private static void check(
      String what, Supplier<double[]> values, Supplier<double[]> sizes, double share, Tensor y) {
    Exact expected = EXACT.computeIfAbsent(what, w -> new Exact(values.get(), sizes.get()));
    check(what, expected.values, expected.sizes, share, y);
  }

  private static void check(String what, double[] exact, double[] size, double share, Tensor y) {
    double[] found = y.toDoubles();
    assertEquals(exact.length, found.length, what);
    for (int i = 0; i < exact.length; i++) {
      double by = share * size[i] + 1e-30;
      String at = what + " at " + i + ": " + found[i] + ", not " + exact[i] + " +- " + by;
      assertTrue(Math.abs(found[i] - exact[i]) <= by, at);
    }
  }

  /** Largest error relative to the sum of sizes of {@code terms} products. */
  private static double share(double grid, long terms) {
    double factor = grid == 0 ? 1 + ROUNDING : 1;
    return factor * factor * (1 + Math.scalb((double) terms, -24)) - 1;
  }

  private static Tensor tensor(Backend cpu, Shape shape, double[] values) {
    return Tensor.of(cpu, DType.FLOAT32, shape, values);
  }

  private static Tensor stale(Backend cpu, Shape shape) {
    return Tensor.full(cpu, DType.FLOAT32, shape, -9.75e7);
  }

  private static void checkAll(Backend cpu, Case c, double grid) {
    double[] x = values(c.x, 1, grid);
    double[] w = values(c.w, 2, grid);
    double[] g = values(c.y(), 3, grid);
    Tensor image = tensor(cpu, c.x, x);
    Tensor filter = tensor(cpu, c.w, w);
    Tensor cotangent = tensor(cpu, c.y(), g);
    Tensor y = stale(cpu, c.y());
    Tensor dx = stale(cpu, c.x);
    Tensor dw = stale(cpu, c.w);
    ConvCall call = new ConvCall(c.x, c.w, c.y(), c.geometry, true);
    long filterAt = CpuBackend.address(filter);
    call.forward(CpuBackend.address(image), filterAt, 0, 0, 0, CpuBackend.address(y));
    call.inputGrad(CpuBackend.address(cotangent), filterAt, 0, CpuBackend.address(dx));
    call.weightGrad(
        CpuBackend.address(image), CpuBackend.address(cotangent), CpuBackend.address(dw));
    long taps = (long) c.w.dim(0) * c.w.dim(1);
    check(
        "forward " + c + grid,
        () -> Naive.conv(c.x, x, c.w, w, c.y(), c.geometry),
        () -> Naive.conv(c.x, sizes(x), c.w, sizes(w), c.y(), c.geometry),
        share(grid, taps * c.w.dim(2)),
        y);
    check(
        "input gradient " + c + grid,
        () -> Naive.convInputGrad(c.x, c.w, w, c.y(), g, c.geometry),
        () -> Naive.convInputGrad(c.x, c.w, sizes(w), c.y(), sizes(g), c.geometry),
        share(grid, taps * c.w.dim(3)),
        dx);
    check(
        "weight gradient " + c + grid,
        () -> Naive.convWeightGrad(c.x, x, c.w, c.y(), g, c.geometry),
        () -> Naive.convWeightGrad(c.x, sizes(x), c.w, c.y(), sizes(g), c.geometry),
        share(grid, c.y().count() / c.y().dim(3)),
        dw);
  }

  @EverySetup
  void factorsThatNeedNoRoundingAreSummedInSinglePrecision(Setup setup) {
    setup.run(cpu -> CASES.forEach(c -> checkAll(cpu, c, 0x1p-6)));
  }

  @EverySetup
  void othersAreRoundedToTheNearest(Setup setup) {
    setup.run(cpu -> CASES.forEach(c -> checkAll(cpu, c, 0)));
  }

  @EverySetup
  void theBiasIsAddedInSinglePrecisionAndTheActivationApplied(Setup setup) {
    setup.run(
        cpu -> {
          Shape shape = Shape.of(2, 5, 6, 4);
          Shape filter = Shape.of(3, 3, 4, 21);
          Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
          Shape out = ConvShapes.output(shape, filter, geometry);
          double[] x = values(shape, 1, 0x1p-6);
          double[] w = values(filter, 2, 0x1p-6);
          double[] bias = values(Shape.of(21), 3, 0);
          Tensor y = stale(cpu, out);
          new ConvCall(shape, filter, out, geometry, true)
              .forward(
                  CpuBackend.address(tensor(cpu, shape, x)),
                  CpuBackend.address(tensor(cpu, filter, w)),
                  0,
                  CpuBackend.address(tensor(cpu, Shape.of(21), bias)),
                  Activation.LEAKY_RELU.ordinal(),
                  CpuBackend.address(y));
          double[] sums = Naive.conv(shape, x, filter, w, out, geometry);
          double[] exact =
              IntStream.range(0, sums.length)
                  .mapToDouble(i -> sums[i] + bias[i % 21])
                  .map(z -> z > 0 ? z : 0.01 * z)
                  .toArray();
          double[] size = Naive.conv(shape, sizes(x), filter, sizes(w), out, geometry);
          check("biased", exact, Arrays.stream(size).map(s -> s + 1).toArray(), 0x1p-20, y);
        });
  }

  private static double[] upsampled(Shape small, Shape large, double[] x) {
    double[] y = new double[(int) large.count()];
    for (int n = 0; n < large.dim(0); n++) {
      for (int i = 0; i < large.dim(1); i++) {
        for (int j = 0; j < large.dim(2); j++) {
          for (int c = 0; c < large.dim(3); c++) {
            y[Naive.index(large, n, i, j, c)] = x[Naive.index(small, n, i / 2, j / 2, c)];
          }
        }
      }
    }
    return y;
  }

  /** The adjoint: each pixel's four results added up. */
  private static double[] gathered(Shape small, Shape large, double[] g) {
    double[] x = new double[(int) small.count()];
    for (int n = 0; n < large.dim(0); n++) {
      for (int i = 0; i < large.dim(1); i++) {
        for (int j = 0; j < large.dim(2); j++) {
          for (int c = 0; c < large.dim(3); c++) {
            x[Naive.index(small, n, i / 2, j / 2, c)] += g[Naive.index(large, n, i, j, c)];
          }
        }
      }
    }
    return x;
  }

  private static void checkDoubled(Backend cpu, int[] d, double grid) {
    Shape small = Shape.of(d[0], d[1], d[2], d[3]);
    Shape large = Shape.of(d[0], 2 * d[1], 2 * d[2], d[3]);
    Shape ws = Shape.of(3, 3, d[3], d[4]);
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    Shape out = ConvShapes.output(large, ws, geometry);
    double[] x = values(small, 1, grid);
    double[] w = values(ws, 2, grid);
    double[] g = values(out, 3, grid);
    double[] full = upsampled(small, large, x);
    long image = CpuBackend.address(tensor(cpu, small, x));
    long filter = CpuBackend.address(tensor(cpu, ws, w));
    long cotangent = CpuBackend.address(tensor(cpu, out, g));
    Tensor y = stale(cpu, out);
    Tensor dx = stale(cpu, small);
    Tensor dw = stale(cpu, ws);
    int identity = Activation.IDENTITY.ordinal();
    Native.doubledConv(
        true, image, filter, 0, 0, identity, CpuBackend.address(y), d[0], d[1], d[2], d[3], d[4]);
    Native.doubledConvInputGrad(
        true, cotangent, filter, 0, CpuBackend.address(dx), d[0], d[1], d[2], d[3], d[4]);
    Native.doubledConvWeightGrad(
        true, image, cotangent, CpuBackend.address(dw), d[0], d[1], d[2], d[3], d[4]);
    String what = " after an upsampling of " + Shape.of(d) + grid;
    check(
        "forward" + what,
        () -> Naive.conv(large, full, ws, w, out, geometry),
        () -> Naive.conv(large, sizes(full), ws, sizes(w), out, geometry),
        share(grid, 9L * d[3]),
        y);
    check(
        "input gradient" + what,
        () -> gathered(small, large, Naive.convInputGrad(large, ws, w, out, g, geometry)),
        () ->
            gathered(
                small, large, Naive.convInputGrad(large, ws, sizes(w), out, sizes(g), geometry)),
        share(grid, 36L * d[4]),
        dx);
    check(
        "weight gradient" + what,
        () -> Naive.convWeightGrad(large, full, ws, out, g, geometry),
        () -> Naive.convWeightGrad(large, sizes(full), ws, out, sizes(g), geometry),
        share(grid, out.count() / d[4]),
        dw);
  }

  /** Weights are on a coarse grid, so that sums of four taps need no rounding either. */
  @EverySetup
  void afterAnUpsamplingTheSameHolds(Setup setup) {
    setup.run(cpu -> DOUBLED.forEach(d -> checkDoubled(cpu, d, 0x1p-4)));
    setup.run(cpu -> DOUBLED.forEach(d -> checkDoubled(cpu, d, 0)));
  }

  @EverySetup
  void aPixelThatIsNotANumberDoesNotSpread(Setup setup) {
    setup.run(
        cpu -> {
          Shape shape = Shape.of(2, 8, 8, 5);
          Shape filter = Shape.of(3, 3, 5, 4);
          Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
          Shape out = ConvShapes.output(shape, filter, geometry);
          double[] x = values(shape, 1, 0);
          x[Naive.index(shape, 0, 3, 4, 2)] = Double.NaN;
          Tensor y = stale(cpu, out);
          new ConvCall(shape, filter, out, geometry, true)
              .forward(
                  CpuBackend.address(tensor(cpu, shape, x)),
                  CpuBackend.address(tensor(cpu, filter, values(filter, 2, 0))),
                  0,
                  0,
                  Activation.IDENTITY.ordinal(),
                  CpuBackend.address(y));
          double[] found = y.toDoubles();
          for (int n = 0; n < 2; n++) {
            for (int i = 0; i < 8; i++) {
              for (int j = 0; j < 8; j++) {
                boolean sees = n == 0 && Math.abs(i - 3) <= 1 && Math.abs(j - 4) <= 1;
                assertEquals(sees, Double.isNaN(found[Naive.index(out, n, i, j, 0)]));
              }
            }
          }
        });
  }
}
