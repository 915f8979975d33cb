package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterAverageTest {
  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void itFollowsTheFormulaAndTakesTurnsWithTheParameters(Backend backend) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32, "", Set.of("still"))) {
      Parameter w = parameters.add("moves.w", Shape.of(2), new double[] {1, -1});
      Parameter fixed = parameters.add("still.w", Shape.of(1), new double[] {7});
      try (ParameterAverage average = new ParameterAverage(parameters, 0.5)) {
        assertEquals(1, average.slots().size(), "what is not trained needs no average");
        double[] expected = {1, -1};
        for (int t = 1; t <= 20; t++) {
          double[] now = {Math.sin(t), t};
          w.value().set(now);
          average.load(t);
          average.update();
          double share = 1 - Math.min(0.5, (1.0 + t) / (10 + t));
          for (int i = 0; i < 2; i++) {
            expected[i] += share * (now[i] - expected[i]);
          }
        }
        double[] last = w.value().toDoubles();
        try (ParameterAverage.InUse use = average.use()) {
          assertArrayEquals(expected, w.value().toDoubles(), 1e-5);
          assertArrayEquals(new double[] {7}, fixed.value().toDoubles());
        }
        assertArrayEquals(last, w.value().toDoubles(), 0);
      }
    }
  }

  @Test
  void whatAveragesNothingIsRefused() {
    try (Parameters parameters = new Parameters(Backends.get("jvm"), DType.FLOAT32)) {
      for (double decay : new double[] {0, 1, Double.NaN}) {
        Throws.naming(
            IllegalArgumentException.class,
            () -> new ParameterAverage(parameters, decay),
            "[average]");
      }
    }
  }
}
