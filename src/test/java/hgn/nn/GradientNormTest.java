package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.RunningBackends;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientNormTest {
  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static Var var(Backend backend, double... values) {
    Shape shape = Shape.of(values.length);
    return Var.constant(Tensor.of(backend, DType.FLOAT32, shape, values));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void allGradientsAreOneVector(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      List<Var> gradients = List.of(var(backend, 1, -2), var(backend, 4), var(backend, 0, 2, 0));
      assertEquals(5, GradientNorm.of(gradients).item(), 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void longOnesAreShortenedAndShortOnesStay(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      List<Var> gradients = List.of(var(backend, 3, 0), var(backend, -4));
      Tensor norm = GradientNorm.of(gradients);
      List<Var> cut = GradientNorm.clipped(gradients, norm, 0.5);
      assertArrayEquals(new double[] {0.3, 0}, cut.get(0).value().toDoubles(), 1e-7);
      assertArrayEquals(new double[] {-0.4}, cut.get(1).value().toDoubles(), 1e-7);
      List<Var> same = GradientNorm.clipped(gradients, norm, 5.001);
      assertArrayEquals(new double[] {3, 0}, same.get(0).value().toDoubles(), 0);
      List<Var> none = List.of(var(backend, 0, 0));
      List<Var> still = GradientNorm.clipped(none, GradientNorm.of(none), 1);
      assertArrayEquals(new double[2], still.get(0).value().toDoubles(), 0);
    }
  }
}
