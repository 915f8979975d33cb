package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimiser against the published formulas in plain doubles. */
class AdamTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Kingma and Ba's Algorithm 1, with the decay added to the gradient. */
  private static final class Reference {
    private final double[] w;
    private final double[] m;
    private final double[] v;

    Reference(double[] start) {
      w = start.clone();
      m = new double[start.length];
      v = new double[start.length];
    }

    void step(double[] gradient, int t, double rate, double decay) {
      for (int i = 0; i < w.length; i++) {
        double g = gradient[i] + decay * w[i];
        m[i] = BETA1 * m[i] + (1 - BETA1) * g;
        v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
        double mean = m[i] / (1 - Math.pow(BETA1, t));
        double square = v[i] / (1 - Math.pow(BETA2, t));
        w[i] -= rate * mean / (Math.sqrt(square) + EPSILON);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "0.01", "0.5"})
  void stepsFollowTheFormula(double decay) {
    SplittableRandom random = new SplittableRandom(5);
    double[] first = random.doubles(7, -1, 1).toArray();
    double[] second = random.doubles(300, -1, 1).toArray();
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      parameters.add("first", Shape.of(7), first);
      parameters.add("second", Shape.of(3, 100), second);
      Reference[] references = {new Reference(first), new Reference(second)};
      try (Adam adam = new Adam(parameters, BETA1, BETA2, EPSILON, decay)) {
        for (int t = 1; t <= 12; t++) {
          double rate = 0.01 / t;
          // from sizes that epsilon hides to large ones
          double scale = Math.pow(10, t % 6 - 5);
          double[] g1 = random.doubles(7, -scale, scale).toArray();
          double[] g2 = random.doubles(300, -scale, scale).toArray();
          g1[t % 7] = 0;
          step(adam, parameters, List.of(g1, g2), rate);
          references[0].step(g1, t, rate, decay);
          references[1].step(g2, t, rate, decay);
          assertEquals(t, adam.steps());
          for (int k = 0; k < 2; k++) {
            Adam.Slot slot = adam.slots().get(k);
            assertArrayEquals(references[k].w, slot.parameter().value().toDoubles(), 1e-14);
            assertArrayEquals(references[k].m, slot.first().toDoubles(), 1e-16);
            assertArrayEquals(references[k].v, slot.second().toDoubles(), 1e-16);
          }
        }
      }
    }
  }

  private static void step(
      Adam adam, Parameters parameters, List<double[]> gradients, double rate) {
    try (Arena arena = Arena.open("step")) {
      List<Var> vars = new ArrayList<>();
      int i = 0;
      for (Parameter parameter : parameters.all()) {
        vars.add(
            Var.constant(
                Tensor.of(
                    parameters.backend(),
                    parameters.dtype(),
                    parameter.shape(),
                    gradients.get(i++))));
      }
      adam.step(vars, rate);
    }
  }

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void singlePrecisionFollowsWithinItsRounding(Backend backend) {
    SplittableRandom random = new SplittableRandom(6);
    double[] start = random.doubles(1000, -1, 1).toArray();
    Reference reference = new Reference(start);
    try (Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      parameters.add("w", Shape.of(1000), start);
      try (Adam adam = new Adam(parameters, BETA1, BETA2, EPSILON, 0.1)) {
        for (int t = 1; t <= 20; t++) {
          double[] gradient = random.doubles(1000, -1, 1).toArray();
          step(adam, parameters, List.of(gradient), 1e-2);
          reference.step(gradient, t, 1e-2, 0.1);
        }
        assertArrayEquals(reference.w, parameters.get("w").value().toDoubles(), 2e-6);
      }
    }
  }

  @Test
  void theFirstStepIsTheRateWhateverTheGradientsSize() {
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      parameters.add("w", Shape.of(3), new double[] {1, 1, 1});
      try (Adam adam = new Adam(parameters, BETA1, BETA2, EPSILON, 0)) {
        step(adam, parameters, List.of(new double[] {1e-3, -1e4, 0}), 0.1);
        assertArrayEquals(
            new double[] {0.9, 1.1, 1}, parameters.get("w").value().toDoubles(), 1e-6);
      }
    }
  }

  @Test
  void restoredStepsCorrectTheBiasAsIfTheyHadBeenMade() {
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      parameters.add("w", Shape.of(1), new double[] {0});
      try (Adam adam = new Adam(parameters, BETA1, BETA2, EPSILON, 0)) {
        adam.restoreSteps(1_000_000);
        step(adam, parameters, List.of(new double[] {1}), 1);
        assertEquals(1_000_001, adam.steps());
        // no correction is left: m = .1, v = .001
        assertEquals(-0.1 / Math.sqrt(0.001), parameters.get("w").value().item(), 1e-6);
      }
    }
  }

  @Test
  void aWrongNumberOrShapeOfGradientsChangesNothing() {
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      parameters.add("a", Shape.of(2), new double[] {1, 2});
      parameters.add("b", Shape.of(3), new double[] {3, 4, 5});
      try (Adam adam = new Adam(parameters, BETA1, BETA2, EPSILON, 0);
          Arena arena = Arena.open("test")) {
        Var two = Var.constant(Tensor.of(JVM, DType.FLOAT64, Shape.of(2), 1, 1));
        Class<IllegalArgumentException> argument = IllegalArgumentException.class;
        Throws.naming(
            argument, () -> adam.step(List.of(two), 0.1), "[adam]", "1 gradients", "2 parameters");
        Throws.naming(argument, () -> adam.step(List.of(two, two), 0.1), "[adam]", "(3)", "(2)");
        assertEquals(0, adam.steps());
        assertArrayEquals(new double[] {1, 2}, parameters.get("a").value().toDoubles());
      }
    }
  }

  @Test
  void closingFreesTheMoments() {
    long blocks = JVM.pool().liveBlocks();
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT32)) {
      parameters.add("w", Shape.of(2), new double[2]);
      Adam adam = new Adam(parameters, BETA1, BETA2, EPSILON, 0);
      assertEquals(blocks + 3, JVM.pool().liveBlocks());
      assertTrue(adam.slots().get(0).first() != adam.slots().get(0).second());
      adam.close();
      assertEquals(blocks + 1, JVM.pool().liveBlocks());
    }
    assertEquals(blocks, JVM.pool().liveBlocks());
  }
}
