package hgn.nhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NhfEnergyTest {
  private static NhfEnergy energy(Parameters parameters) {
    return new NhfEnergy(parameters, new Init(3), "energy", 2, 7);
  }

  /** Value and gradients, with respect to x and every parameter, of a function of the slope. */
  private static List<double[]> through(
      Function<Var, Var> slope, Parameters parameters, Tensor points) {
    Var x = Var.leaf(points);
    Var value = slope.apply(x);
    List<Var> by = new ArrayList<>(parameters.vars());
    by.add(x);
    List<double[]> found = new ArrayList<>(List.of(value.value().toDoubles()));
    Var loss = Reductions.sum(Functions.square(value));
    Gradients.of(loss, by, false).forEach(gradient -> found.add(gradient.value().toDoubles()));
    return found;
  }

  @Test
  void theSlopeIsThatOfTheDoubleBackward() {
    try (Parameters parameters = new Parameters(TinyNhf.JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      NhfEnergy energy = energy(parameters);
      Tensor points = TinyNhf.normal(5, 2, 3);
      List<double[]> closed = through(energy::slope, parameters, points);
      List<double[]> taped =
          through(
              x -> Gradients.of(Reductions.sum(energy.energy(x)), List.of(x), true).get(0),
              parameters,
              points);
      for (int i = 0; i < taped.size(); i++) {
        assertArrayEquals(taped.get(i), closed.get(i), 1e-15);
        assertTrue(Arrays.stream(closed.get(i)).anyMatch(v -> Math.abs(v) > 1e-6));
      }
    }
  }

  @Test
  void derivativesAreRight() {
    try (Parameters parameters = new Parameters(TinyNhf.JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      NhfEnergy energy = energy(parameters);
      List<Tensor> points = List.of(TinyNhf.normal(4, 2, 3));
      GradCheck.check("energy", xs -> energy.energy(xs.get(0)), points);
      GradCheck.check("slope", xs -> energy.slope(xs.get(0)), points);
    }
  }
}
