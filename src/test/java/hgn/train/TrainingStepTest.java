package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.data.Batch;
import hgn.data.Window;
import hgn.dynamics.PhaseState;
import hgn.loss.Geco;
import hgn.loss.LossWeighting;
import hgn.loss.ScheduledBeta;
import hgn.model.HgnSpec;
import hgn.predict.Evaluator;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyModel;
import hgn.testing.models.TinyTraining;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingStepTest {
  private static final Backend BACKEND = Backends.fastest();

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static void assertSameState(
      Map<String, double[]> expected, Map<String, double[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void trainingReducesTheError() {
    try (TinyTraining training =
        new TinyTraining(
            TinyModel.spec(2, 3, true),
            new ScheduledBeta(ScheduledBeta.Weight.constant(1e-4), BACKEND, DType.FLOAT32),
            BACKEND,
            false)) {
      double first = training.run(0, 1).mse();
      double last = training.run(1, 200).mse();
      assertTrue(last < first / 2, "from " + first + " to " + last);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theSameSeedGivesTheSameBits(Backend backend) {
    try (TinyTraining one = new TinyTraining(backend);
        TinyTraining two = new TinyTraining(backend)) {
      assertEquals(one.run(0, 15), two.run(0, 15));
      assertSameState(one.state(), two.state());
    }
  }

  @Test
  void theStepsNumberSelectsTheNoise() {
    try (TinyTraining one = new TinyTraining(BACKEND);
        TinyTraining two = new TinyTraining(BACKEND)) {
      Batch batch = TinyTraining.batch(0);
      assertNotEquals(one.step.run(batch, 0).mse(), two.step.run(batch, 1).mse());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLossIsPutTogetherFromItsTerms(Backend backend) {
    try (TinyTraining training = new TinyTraining(backend);
        Arena arena = Arena.open("test")) {
      Batch batch = TinyTraining.batch(0);
      Tensor clips = Tensor.of(backend, DType.FLOAT32, batch.clipShape(), batch.clips());
      var posterior = training.model.encoder().apply(Var.constant(clips));
      double perValue = posterior.divergence().item() / (4 * 8 * 8 * 3);
      TrainingStep.Losses losses = training.step.run(batch, 0);
      assertEquals(perValue, losses.divergence(), 1e-6 * perValue);
      assertEquals(1, losses.weight(), "lambda before its update");
      // the first average is the first constraint
      double expected = losses.divergence() + losses.mse() - 0.033 * 0.033;
      assertEquals(expected, losses.loss(), 1e-6 * expected);
    }
  }

  @Test
  void theDivergenceIsPerValueOfTheWholeWindowHoweverFewFramesAreDecoded() {
    double whole;
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      whole = training.step.run(TinyTraining.batch(0), 0).divergence();
    }
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      Batch some = TinyTraining.batch(0, TinyTraining.WINDOW, new int[] {1, 3});
      assertEquals(whole, training.step.run(some, 0).divergence());
    }
  }

  @Test
  void aDeterministicStepHasNoDivergenceAndLeavesTheVarianceAlone() {
    LossWeighting geco = new Geco(TinyTraining.GECO, BACKEND, DType.FLOAT32);
    try (TinyTraining training =
        new TinyTraining(TinyModel.spec(2, 3, true), geco, BACKEND, true)) {
      Set<String> idle = idle(training, TinyTraining.batch(0));
      assertEquals(Set.of("encoder.logvar.weight", "encoder.logvar.bias"), idle);
      assertEquals(0, training.step.run(TinyTraining.batch(4), 1).divergence());
    }
  }

  @Test
  void timesBeforeTheInferredFrameAreReachedBackward() {
    Backend backend = Backends.get("jvm");
    Window window = TinyTraining.WINDOW.withPast(2);
    int[] times = {-3, -1, 2};
    Batch batch = TinyTraining.batch(0, window, times);
    LossWeighting weighting =
        new ScheduledBeta(ScheduledBeta.Weight.constant(1), backend, DType.FLOAT32);
    try (Arena arena = Arena.open("test");
        TinyTraining training =
            new TinyTraining(TinyModel.spec(2, 3, true), weighting, backend, true)) {
      float[] decoded;
      try (Tape.Mode off = Tape.pause()) {
        Var clips =
            Var.constant(Tensor.of(backend, DType.FLOAT32, batch.clipShape(), batch.clips()));
        List<PhaseState> future = training.model.infer(clips, null, 3, 0.125).states();
        List<PhaseState> past = training.model.rollout(future.get(0), 4, -0.125);
        List<PhaseState> states = List.of(past.get(3), past.get(1), future.get(2));
        decoded = training.model.decode(states).value().toFloats();
      }
      double expected = Evaluator.error(decoded, batch.targets());
      assertEquals(expected, training.step.run(batch, 0).mse(), 1e-6 * expected);
    }
  }

  @Test
  void anAdditiveConstantOfTheEnergyIsLeftAlone() {
    HgnSpec spec = TinyTraining.linearEnergy();
    try (TinyTraining training =
        new TinyTraining(
            spec,
            new ScheduledBeta(ScheduledBeta.Weight.constant(1), BACKEND, DType.FLOAT32),
            BACKEND,
            false)) {
      assertEquals(Set.of("hamiltonian.1.bias"), idle(training, TinyTraining.batch(0)));
    }
  }

  @Test
  void aFrameThatNeedsNoMotionTrainsAllButTheEnergy() {
    HgnSpec spec = TinyModel.spec(2, 3, true);
    try (TinyTraining training =
        new TinyTraining(
            spec,
            new ScheduledBeta(ScheduledBeta.Weight.constant(1), BACKEND, DType.FLOAT32),
            BACKEND,
            false)) {
      Batch still = TinyTraining.batch(0, TinyTraining.WINDOW, new int[] {0});
      Set<String> idle = idle(training, still);
      assertEquals(4, idle.size(), "not the energy's parameters alone: " + idle);
      assertTrue(idle.stream().allMatch(name -> name.startsWith("hamiltonian.")));
    }
  }

  /** Names of the parameters that the first step does not change. */
  private static Set<String> idle(TinyTraining training, Batch batch) {
    Map<String, double[]> before = training.state();
    training.step.run(batch, 0);
    Map<String, double[]> after = training.state();
    Set<String> idle = new TreeSet<>();
    training.model.parameters().all().stream()
        .map(parameter -> parameter.name())
        .filter(name -> Arrays.equals(before.get(name), after.get(name)))
        .forEach(idle::add);
    return idle;
  }

  private static void assertRefused(TinyTraining training, Batch batch, String term) {
    Map<String, double[]> before = training.state();
    long blocks = BACKEND.pool().liveBlocks();
    String message =
        assertThrows(NonFiniteException.class, () -> training.step.run(batch, 17)).getMessage();
    assertTrue(message.startsWith("step 17: the " + term), message);
    assertSameState(before, training.state());
    assertEquals(blocks, BACKEND.pool().liveBlocks());
    assertThrows(IllegalStateException.class, Arena::current, "an arena is left open");
  }

  @Test
  void aFrameThatIsNotFiniteStopsTheStepAndChangesNothing() {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      training.run(0, 2);
      Batch sound = TinyTraining.batch(8);
      Batch damaged = TinyTraining.batch(8);
      damaged.targets()[5] = Float.NaN;
      assertRefused(training, damaged, "reconstruction error (MSE) is not finite (NaN)");
      damaged.targets()[5] = Float.POSITIVE_INFINITY;
      assertRefused(training, damaged, "reconstruction error (MSE) is not finite (Infinity)");
      assertTrue(Double.isFinite(training.step.run(sound, 2).loss()), "and training can go on");
    }
  }

  @Test
  void anInfiniteDivergenceStopsTheStepAndChangesNothing() {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      training.run(0, 2);
      training.model.parameters().get("encoder.logvar.bias").value().set(0, 95, 0); // e^95 > 2^128
      assertRefused(training, TinyTraining.batch(8), "divergence (KL) is not finite (Infinity)");
    }
  }

  /** Gradients of 1e25 are numbers, their squares, which Adam keeps, are not. */
  @Test
  void gradientsTooLargeForTheirNormStopTheStepAndChangeNothing() {
    LossWeighting heavy =
        new ScheduledBeta(ScheduledBeta.Weight.constant(1e25), BACKEND, DType.FLOAT32);
    try (TinyTraining training =
        new TinyTraining(TinyModel.spec(2, 3, true), heavy, BACKEND, false)) {
      assertRefused(
          training, TinyTraining.batch(0), "norm of the gradients is not finite (Infinity)");
    }
  }

  @Test
  void anInfiniteGradientStopsTheStepAndNamesItsParameter() {
    // sqrt at 0: the loss is finite, its gradient is not
    LossWeighting steep =
        new LossWeighting() {
          @Override
          public Loss loss(Var mse, Var divergence) {
            Tensor one = Tensor.full(mse.backend(), mse.dtype(), Shape.SCALAR, 1);
            return new Loss(Functions.sqrt(Arithmetic.sub(mse, mse.detach())), one);
          }

          @Override
          public void update(Tensor veto) {
            // stateless
          }

          @Override
          public double weight() {
            return 1;
          }

          @Override
          public Map<String, Double> state() {
            return Map.of();
          }

          @Override
          public void restore(Map<String, Double> state) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void close() {}
        };
    try (TinyTraining training =
        new TinyTraining(TinyModel.spec(2, 3, true), steep, BACKEND, false)) {
      assertRefused(
          training, TinyTraining.batch(0), "gradient of encoder.trunk.0.weight is not finite");
      String message =
          assertThrows(NonFiniteException.class, () -> training.step.run(TinyTraining.batch(0), 3))
              .getMessage();
      assertFalse(message.contains("("), "which of its numbers is unknown: " + message);
    }
  }
}
