package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.LinearAlgebra;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.RunningBackends;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinearTest {
  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void weightBiasAndActivationAreApplied(Backend backend) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Linear layer = new Linear(parameters, new Init(1), "a", 2, 3, Activation.LEAKY_RELU, 1);
      assertEquals(Shape.of(2, 3), parameters.get("a.weight").shape());
      parameters.get("a.weight").value().set(1, 2, 3, 10, 20, -30);
      parameters.get("a.bias").value().set(0.5, -100, 0);
      Var x = Var.constant(Tensor.of(backend, DType.FLOAT32, Shape.of(2, 2), 1, 0.5, 0, 0));
      // 1*1 + .5*10 + .5; leaky(2 + 10 - 100); leaky(3 - 15); then the bias alone
      assertArrayEquals(
          new double[] {6.5, -0.88, -0.12, 0.5, -1, 0}, layer.apply(x).value().toDoubles(), 1e-6);
    }
  }

  @Test
  void initialValuesLieWithinGainOverTheRootOfTheInputs() {
    try (Parameters parameters = new Parameters(Backends.get("jvm"), DType.FLOAT64)) {
      new Linear(parameters, new Init(1), "a", 64, 50, Activation.RELU, 3);
      for (String name : List.of("a.weight", "a.bias")) {
        double largest =
            Arrays.stream(parameters.get(name).value().toDoubles()).map(Math::abs).max().orElse(0);
        assertTrue(largest <= 3.0 / 8 && largest > 0.9 * 3 / 8, name + ": " + largest);
      }
    }
  }

  @Test
  void derivativesAreRightToTheSecondOrder() {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(Backends.get("jvm"), DType.FLOAT64)) {
      Linear layer = new Linear(parameters, new Init(1), "a", 4, 3, Activation.TANH, 2);
      Tensor x =
          parameters.add("x", Shape.of(5, 4), new Init(7).uniform(Shape.of(5, 4), 1, 1)).value();
      GradCheck.check("linear", in -> layer.apply(in.get(0)), List.of(x));
      Tensor w = parameters.get("a.weight").value();
      Tensor b = parameters.get("a.bias").value();
      GradCheck.check(
          "linear by its parameters",
          in ->
              Activations.activate(
                  Activation.TANH,
                  Arithmetic.add(LinearAlgebra.matmul(in.get(0), in.get(1)), in.get(2))),
          List.of(x, w, b));
    }
  }
}
