package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.autograd.GradCheck;
import hgn.autograd.Var;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearTest {
  private static final Backend JVM = Backends.get("jvm");

  @Test
  void everyOutputIsAWeightedSumAndItsBias() {
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      Linear layer = new Linear(parameters, new Init(1), "layer", 2, 3, Activation.IDENTITY);
      assertEquals(Shape.of(2, 3), layer.weight().shape());
      assertEquals(Shape.of(3), layer.bias().shape());
      layer.weight().value().set(1, 2, 3, 4, 5, 6);
      layer.bias().value().set(10, 20, 30);
      Tensor x = Tensor.of(JVM, DType.FLOAT64, Shape.of(2, 2), 1.0, 0.0, 2.0, -1.0);
      assertArrayEquals(
          new double[] {11, 22, 33, 8, 19, 30},
          layer.apply(Var.constant(x)).value().toDoubles(),
          1e-15);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"IDENTITY", "SOFTPLUS", "TANH", "RELU"})
  void derivativesAreRight(Activation activation) {
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      Linear layer = new Linear(parameters, new Init(1), "layer", 3, 5, activation);
      Tensor x = Tensor.allocate(JVM, DType.FLOAT64, Shape.of(4, 3));
      JVM.normal(1, 2, x);
      GradCheck.check("linear " + activation, xs -> layer.apply(xs.get(0)), List.of(x));
    }
  }
}
