package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Convolution;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.random.Philox;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layer, compared with upsampling followed by a convolution. */
class UpsampledConv2dTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final Conv2dGeometry KEEP = Conv2dGeometry.symmetric(1, 1);

  private interface Layer {
    Var apply(Var x);
  }

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static double[] random(Shape shape, long stream) {
    double[] values = new double[(int) shape.count()];
    Philox.normal(9, stream, values);
    return values;
  }

  /** Value, gradients, and the gradients of the squared norm of the gradient with respect to x. */
  private static List<double[]> derivatives(Layer layer, Parameters parameters, Shape shape) {
    Backend backend = parameters.backend();
    Var x = Var.leaf(Tensor.of(backend, parameters.dtype(), shape, random(shape, 1)));
    Var y = layer.apply(x);
    Var weights = Var.constant(Tensor.of(backend, y.dtype(), y.shape(), random(y.shape(), 2)));
    List<Var> by = new ArrayList<>(parameters.vars());
    by.add(x);
    Var loss = Reductions.sum(Arithmetic.mul(y, weights));
    List<Var> first = Gradients.of(loss, by, true);
    Var norm = Reductions.sum(Functions.square(first.get(by.size() - 1)));
    List<Var> second = Gradients.orZero(norm, by, false);
    List<double[]> all = new ArrayList<>();
    all.add(y.value().toDoubles());
    first.forEach(g -> all.add(g.value().toDoubles()));
    second.forEach(g -> all.add(g.value().toDoubles()));
    return all;
  }

  private static void compare(
      Backend backend, DType dtype, Shape shape, int outputs, double tolerance) {
    for (Activation f : new Activation[] {Activation.IDENTITY, Activation.SOFTPLUS}) {
      try (Arena arena = Arena.open("test");
          Parameters parameters = new Parameters(backend, dtype)) {
        var layer = new UpsampledConv2d(parameters, new Init(3), "layer", shape.dim(3), outputs, f);
        Var w = parameters.get("layer.weight").var();
        Var b = parameters.get("layer.bias").var();
        List<double[]> expected =
            derivatives(
                x -> Convolution.conv2d(Layout.upsample2x(x), w, b, KEEP, f), parameters, shape);
        List<double[]> actual = derivatives(layer::apply, parameters, shape);
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
          double scale = 1e-30;
          for (double value : expected.get(i)) {
            scale = Math.max(scale, Math.abs(value));
          }
          assertArrayEquals(
              expected.get(i), actual.get(i), tolerance * scale, f + " " + shape + " part " + i);
        }
      }
    }
  }

  @Test
  void valuesAndBothDerivativesAreThoseOfUpsamplingAndConvolving() {
    for (Shape shape : List.of(Shape.of(2, 3, 4, 5), Shape.of(1, 1, 1, 1), Shape.of(3, 1, 2, 3))) {
      compare(JVM, DType.FLOAT64, shape, 6, 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void singlePrecisionFollowsWithinItsRounding(Backend backend) {
    compare(backend, DType.FLOAT32, Shape.of(4, 8, 8, 33), 6, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void channelsThatAKernelMayTakeFollowToo(Backend backend) {
    for (int[] size : new int[][] {{1, 1}, {1, 3}, {4, 4}, {7, 5}, {16, 16}}) {
      compare(backend, DType.FLOAT32, Shape.of(3, size[0], size[1], 16), 48, 1e-5);
    }
  }

  @Test
  void itHasTheParametersOfAConvolution() {
    try (Parameters plain = new Parameters(JVM, DType.FLOAT64);
        Parameters upsampled = new Parameters(JVM, DType.FLOAT64)) {
      new Conv2d(plain, new Init(3), "layer", 2, 3, 3, KEEP, Activation.RELU, 1);
      new UpsampledConv2d(upsampled, new Init(3), "layer", 2, 3, Activation.RELU);
      assertEquals(plain.count(), upsampled.count());
      plain
          .all()
          .forEach(
              p ->
                  assertArrayEquals(
                      p.value().toDoubles(), upsampled.get(p.name()).value().toDoubles()));
    }
  }

  @Test
  void anImageThatDoesNotFitIsRefused() {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      var layer = new UpsampledConv2d(parameters, new Init(3), "layer", 2, 3, Activation.RELU);
      Var x = Var.constant(Tensor.full(JVM, DType.FLOAT64, Shape.of(1, 2, 2, 5), 0));
      Throws.naming(
          IllegalArgumentException.class,
          () -> layer.apply(x),
          "[upsampled conv2d]",
          "(1,2,2,5)",
          "(3,3,2,3)");
    }
  }
}
