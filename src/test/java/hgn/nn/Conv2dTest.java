package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Conv2dTest {
  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void shapesFollowFromKernelStrideAndPadding(Backend backend) {
    assertShape(backend, 3, Conv2dGeometry.symmetric(1, 1), Shape.of(2, 7, 9, 5));
    assertShape(backend, 3, Conv2dGeometry.symmetric(2, 1), Shape.of(2, 4, 5, 5));
    assertShape(backend, 2, Conv2dGeometry.after(1, 1), Shape.of(2, 7, 9, 5));
    assertShape(backend, 2, Conv2dGeometry.symmetric(2, 0), Shape.of(2, 3, 4, 5));
    assertShape(backend, 1, Conv2dGeometry.symmetric(1, 0), Shape.of(2, 7, 9, 5));
  }

  private static void assertShape(
      Backend backend, int kernel, Conv2dGeometry geometry, Shape expected) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Conv2d layer =
          new Conv2d(parameters, new Init(1), "layer", 4, 5, kernel, geometry, Activation.RELU, 1);
      assertEquals(
          Shape.of(kernel, kernel, 4, 5), parameters.get("layer.weight").shape(), "weight");
      assertEquals(Shape.of(5), parameters.get("layer.bias").shape(), "bias");
      Var y = layer.apply(input(backend, Shape.of(2, 7, 9, 4)));
      assertEquals(expected, y.shape());
      List<Var> gradients = Gradients.of(Reductions.sum(y), parameters.vars(), false);
      assertEquals(Shape.of(kernel, kernel, 4, 5), gradients.get(0).shape());
      assertEquals(Shape.of(5), gradients.get(1).shape());
    }
  }

  private static Var input(Backend backend, Shape shape) {
    double[] values = new double[(int) shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i);
    }
    return Var.constant(Tensor.of(backend, DType.FLOAT32, shape, values));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void biasAndActivationAreApplied(Backend backend) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Conv2dGeometry plain = Conv2dGeometry.symmetric(1, 0);
      Conv2d layer =
          new Conv2d(parameters, new Init(1), "a", 2, 3, 1, plain, Activation.LEAKY_RELU, 1);
      parameters.get("a.weight").value().set(1, 2, 3, 10, 20, -30);
      parameters.get("a.bias").value().set(0.5, -100, 0);
      Var x = Var.constant(Tensor.of(backend, DType.FLOAT32, Shape.of(1, 1, 1, 2), 1, 0.5));
      // 1*1 + .5*10 + .5; leaky(2 + 10 - 100); leaky(3 - 15)
      assertArrayEquals(new double[] {6.5, -0.88, -0.12}, layer.apply(x).value().toDoubles(), 1e-6);
    }
  }

  @Test
  void theFanInCountsTheWholeWindow() {
    try (Parameters parameters = new Parameters(hgn.tensor.Backends.get("jvm"), DType.FLOAT64)) {
      Conv2dGeometry same = Conv2dGeometry.symmetric(1, 1);
      new Conv2d(parameters, new Init(3), "a", 8, 100, 3, same, Activation.RELU, 2);
      double bound = 2 / Math.sqrt(8 * 9);
      for (Parameter parameter : parameters.all()) {
        double largest = 0;
        for (double value : parameter.value().toDoubles()) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest < bound && largest > 0.9 * bound, parameter.name() + " " + largest);
      }
    }
  }

  @Test
  void aWrongNumberOfChannelsNamesBothShapes() {
    Backend jvm = hgn.tensor.Backends.get("jvm");
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(jvm, DType.FLOAT32)) {
      Conv2dGeometry same = Conv2dGeometry.symmetric(1, 1);
      Conv2d layer = new Conv2d(parameters, new Init(3), "a", 4, 6, 3, same, Activation.RELU, 1);
      Throws.naming(
          IllegalArgumentException.class,
          () -> layer.apply(input(jvm, Shape.of(1, 8, 8, 3))),
          "[conv2d]",
          "(1,8,8,3)",
          "(3,3,4,6)");
    }
  }
}
