package hgn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.RunningBackends;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the adaptive objective with its recursion in plain doubles, and tests the fixed one. */
class GecoTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final Geco.Settings SETTINGS = new Geco.Settings(0.033, 0.9, 0.5, 2);

  /** The recursion in plain doubles. */
  private static final class Simulation {
    private final Geco.Settings settings;
    private double lambda;
    private double average;
    private boolean started;

    Simulation(Geco.Settings settings) {
      this.settings = settings;
      this.lambda = settings.lambda();
    }

    /** Returns the loss. */
    double step(double mse, double divergence) {
      double constraint = mse - settings.tolerance() * settings.tolerance();
      average =
          started ? settings.alpha() * average + (1 - settings.alpha()) * constraint : constraint;
      started = true;
      double loss = divergence + lambda * average;
      lambda = Math.max(1e-10, Math.min(1e10, lambda * Math.exp(settings.rate() * average)));
      return loss;
    }
  }

  private static Var leaf(Backend backend, DType dtype, double value) {
    return Var.leaf(Tensor.of(backend, dtype, Shape.SCALAR, value));
  }

  /** Returns the loss of one step and updates the state. */
  private static Var next(LossWeighting weighting, Var mse, Var divergence) {
    Var loss = weighting.loss(mse, divergence).total();
    weighting.update(Tensor.full(mse.backend(), mse.dtype(), Shape.SCALAR, 0));
    return loss;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aVetoKeepsTheStateAsItWas(Backend backend) {
    try (Geco geco = new Geco(SETTINGS, backend, DType.FLOAT32);
        Arena arena = Arena.open("test")) {
      next(geco, leaf(backend, DType.FLOAT32, 0.2), leaf(backend, DType.FLOAT32, 0.1));
      Map<String, Double> before = geco.state();
      geco.loss(leaf(backend, DType.FLOAT32, Double.NaN), leaf(backend, DType.FLOAT32, 0.1));
      assertEquals(before, geco.state(), "a loss alone changes nothing");
      geco.update(Tensor.full(backend, DType.FLOAT32, Shape.SCALAR, 1));
      assertEquals(before, geco.state());
    }
  }

  @Test
  void theWeightOfALossIsThatBeforeItsUpdate() {
    try (Geco geco = new Geco(SETTINGS, JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      LossWeighting.Loss loss =
          geco.loss(leaf(JVM, DType.FLOAT64, 0.7), leaf(JVM, DType.FLOAT64, 0.1));
      geco.update(Tensor.full(JVM, DType.FLOAT64, Shape.SCALAR, 0));
      assertEquals(2, loss.weight().item());
      assertTrue(geco.weight() > 2, "it rises");
    }
  }

  private static void follow(Backend backend, DType dtype, double scale, double tolerance) {
    SplittableRandom random = new SplittableRandom(3);
    Simulation expected = new Simulation(SETTINGS);
    try (Geco geco = new Geco(SETTINGS, backend, dtype)) {
      for (int step = 0; step < 50; step++) {
        // errors first far above the tolerance, then below it
        double mse = scale * (step < 25 ? random.nextDouble() : 0);
        double divergence = random.nextDouble();
        double before = expected.lambda;
        double loss = expected.step(mse, divergence);
        try (Arena arena = Arena.open("step")) {
          Var m = leaf(backend, dtype, mse);
          Var d = leaf(backend, dtype, divergence);
          Var actual = next(geco, m, d);
          close(loss, actual.item(), tolerance, "loss of step " + step);
          List<Var> gradients = Gradients.of(actual, List.of(m, d), false);
          close(before, gradients.get(0).item(), tolerance, "dloss/dMSE of step " + step);
          assertEquals(1, gradients.get(1).item(), "dloss/dKL");
          close(expected.average, geco.average(), tolerance, "average of step " + step);
          close(expected.lambda, geco.weight(), tolerance, "lambda of step " + step);
        }
      }
    }
  }

  private static void close(double expected, double actual, double tolerance, String what) {
    assertEquals(expected, actual, tolerance * Math.max(1e-3, Math.abs(expected)), what);
  }

  @Test
  void fiftyStepsFollowTheRecursion() {
    follow(JVM, DType.FLOAT64, 1, 1e-12);
  }

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void fiftyStepsFollowTheRecursionInSinglePrecision(Backend backend) {
    follow(backend, DType.FLOAT32, 1, 3e-5);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void lambdaStaysWithinItsBounds(Backend backend) {
    try (Geco geco = new Geco(new Geco.Settings(0.1, 0, 1000, 1), backend, DType.FLOAT32);
        Arena arena = Arena.open("test")) {
      next(geco, leaf(backend, DType.FLOAT32, 5), leaf(backend, DType.FLOAT32, 0));
      assertEquals((float) 1e10, geco.weight(), "e^5000 is cut");
      for (int i = 0; i < 20; i++) {
        next(geco, leaf(backend, DType.FLOAT32, 0), leaf(backend, DType.FLOAT32, 0));
      }
      assertEquals((float) 1e-10, geco.weight(), "e^-200 is cut");
    }
  }

  @Test
  void theFirstAverageIsTheFirstConstraint() {
    try (Geco geco = new Geco(SETTINGS, JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      assertEquals(0, geco.average());
      next(geco, leaf(JVM, DType.FLOAT64, 0.7), leaf(JVM, DType.FLOAT64, 0));
      assertEquals(0.7 - 0.033 * 0.033, geco.average(), 1e-15);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRestoredStateContinuesBitForBit(Backend backend) {
    try (Geco whole = new Geco(SETTINGS, backend, DType.FLOAT32);
        Geco resumed = new Geco(SETTINGS, backend, DType.FLOAT32);
        Arena arena = Arena.open("test")) {
      for (int k = 0; k < 6; k++) {
        if (k < 4) { // also before the first step
          Map<String, Double> state = whole.state();
          resumed.restore(state);
          assertEquals(state, resumed.state());
        }
        Var mse = leaf(backend, DType.FLOAT32, 0.1 * k + 0.01);
        Var divergence = leaf(backend, DType.FLOAT32, 0.3);
        assertEquals(
            next(whole, mse, divergence).item(),
            next(resumed, mse, divergence).item(),
            "step " + k);
      }
      assertEquals(whole.state(), resumed.state());
    }
  }

  @Test
  void aFixedWeightIsThatOfTheDivergence() {
    try (ScheduledBeta weighting =
            new ScheduledBeta(ScheduledBeta.Weight.constant(0.25), JVM, DType.FLOAT64);
        Arena arena = Arena.open("test")) {
      Var mse = leaf(JVM, DType.FLOAT64, 0.5);
      Var divergence = leaf(JVM, DType.FLOAT64, 4);
      Var loss = next(weighting, mse, divergence);
      assertEquals(1.5, loss.item());
      List<Var> gradients = Gradients.of(loss, List.of(mse, divergence), false);
      assertEquals(1, gradients.get(0).item());
      assertEquals(0.25, gradients.get(1).item());
      assertEquals(0.25, weighting.weight());
      assertTrue(weighting.state().isEmpty());
      weighting.restore(Map.of());
      assertEquals(0.25, weighting.weight());
    }
  }
}
