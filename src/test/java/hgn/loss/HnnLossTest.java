package hgn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.data.Batch;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.model.Hnn;
import hgn.nn.Adam;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.models.ParameterCheck;
import hgn.testing.models.TinyModel;
import hgn.testing.models.TinyTraining;
import hgn.train.TrainingStep;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HnnLossTest {
  private static final int SIZE = 4;
  private static final int FRAME = 8 * 8 * 3;

  private static Hnn model(boolean dense, Backend backend, DType dtype) {
    Parameters parameters = new Parameters(backend, dtype);
    var spec = TinyModel.spec(2, 3, false);
    return dense
        ? Hnn.dense(spec, new Leapfrog(), parameters, 21, 0.125)
        : Hnn.conv(spec, new Leapfrog(), parameters, 21, 0.125);
  }

  private static Batch batch(int... times) {
    return TinyTraining.batch(0, TinyTraining.WINDOW, times);
  }

  private static StepInputs inputs(Batch batch, ModelLoss modelLoss) {
    StepInputs inputs = StepInputs.like(batch, modelLoss);
    inputs.load(batch, modelLoss.states(batch), new double[] {1, 1});
    return inputs;
  }

  /** The pair of frames at times t - 1 and t of sample n, for one time index t. */
  private static Var pair(Batch batch, int t, int n) {
    double[] values = new double[2 * FRAME];
    for (int k = 0; k < 2; k++) {
      int from = ((t - 1 + k) * SIZE + n) * FRAME;
      for (int i = 0; i < FRAME; i++) {
        values[i / 3 * 6 + 3 * k + i % 3] = batch.targets()[from + i];
      }
    }
    Shape shape = Shape.of(1, 8, 8, 6);
    return Var.constant(Tensor.of(Backends.get("jvm"), DType.FLOAT64, shape, values));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLossIsThatOfEveryPairAndItsNext(boolean dense) {
    Batch batch = batch(0, 1, 2, 3);
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause();
        Hnn model = model(dense, Backends.get("jvm"), DType.FLOAT64)) {
      HnnLoss modelLoss = new HnnLoss(model);
      ModelLoss.Terms terms = modelLoss.terms(batch, inputs(batch, modelLoss));
      VectorField field = new VectorField(model.energy().orElseThrow());
      double mse = 0;
      double velocity = 0;
      double motion = 0;
      for (int t = 1; t <= 2; t++) {
        for (int n = 0; n < SIZE; n++) {
          Var x = pair(batch, t, n);
          PhaseState now = model.encode(x);
          PhaseState next = model.encode(pair(batch, t + 1, n));
          PhaseState slope = field.both(now);
          double[] q = values(now.q());
          double[] p = values(now.p());
          double[] q2 = values(next.q());
          double[] p2 = values(next.p());
          double[] dq = values(slope.q());
          double[] dp = values(slope.p());
          mse += meanSquare(values(model.restore(now)), values(model.restorable(x)));
          for (int i = 0; i < q.length; i++) {
            velocity += Math.pow(p[i] - (q2[i] - q[i]), 2) / q.length;
            double offQ = q2[i] - (q[i] + dp[i]);
            double offP = p2[i] - (p[i] - dq[i]);
            motion += (offQ * offQ + offP * offP) / (2 * q.length);
          }
        }
      }
      int pairs = 2 * SIZE;
      assertEquals(mse / pairs, terms.mse().item(), 1e-12);
      double expected = velocity / pairs + 0.1 * motion / pairs;
      assertEquals(expected, terms.latent().item(), 1e-12);
      assertEquals(expected, terms.reported().item(), 1e-12);
      assertTrue(expected > 0);
    }
  }

  private static double[] values(Var x) {
    return x.value().toDoubles();
  }

  private static double meanSquare(double[] a, double[] b) {
    assertEquals(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum / a.length;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsGradientByEveryParameterIsThatOfADifferenceQuotient(boolean dense) {
    Batch batch = batch(1, 2, 3);
    try (Arena arena = Arena.open("test");
        Hnn model = model(dense, Backends.get("jvm"), DType.FLOAT64)) {
      HnnLoss modelLoss = new HnnLoss(model);
      StepInputs inputs = inputs(batch, modelLoss);
      Set<String> idle = dense ? Set.of("hamiltonian.2.bias") : Set.of();
      ParameterCheck.check(
          model.parameters(),
          () -> {
            ModelLoss.Terms terms = modelLoss.terms(batch, inputs);
            return Arithmetic.add(terms.mse(), terms.latent());
          },
          idle);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingReducesBothTerms(boolean dense) {
    Backend backend = Backends.fastest();
    try (Hnn model = model(dense, backend, DType.FLOAT32);
        Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 1e-5)) {
      TrainingStep step =
          new TrainingStep(
              new HnnLoss(model),
              adam,
              new ScheduledBeta(ScheduledBeta.Weight.constant(1), backend, DType.FLOAT32),
              new TrainingStep.Settings(0.125, dense ? 1e-3 : 3e-3, 0, true, 1),
              Optional.empty());
      TrainingStep.Losses first = step.run(batch(0, 1, 2, 3), 0);
      TrainingStep.Losses last = first;
      int steps =
          dense
              ? 150
              : 400; // convolutional networks predict a static image for a while before they learn
      for (int k = 1; k < steps; k++) {
        last = step.run(batch(0, 1, 2, 3), k);
      }
      assertTrue(last.mse() < first.mse() / 2, "from " + first + " to " + last);
      assertTrue(last.loss() < first.loss() / 2, "from " + first + " to " + last);
      assertEquals(last.loss(), last.mse() + last.divergence(), 1e-6);
      assertEquals(1, last.weight());
    }
  }

  @Test
  void framesThatAreNotInARowAreRefused() {
    try (Arena arena = Arena.open("test");
        Hnn model = model(true, Backends.get("jvm"), DType.FLOAT64)) {
      HnnLoss modelLoss = new HnnLoss(model);
      assertRefused(modelLoss, batch(0, 2, 3), "times 0 and 2");
      assertRefused(modelLoss, batch(0, 1), "2 frames");
    }
  }

  private static void assertRefused(ModelLoss modelLoss, Batch batch, String problem) {
    StepInputs inputs = inputs(batch, modelLoss);
    String message =
        assertThrows(IllegalArgumentException.class, () -> modelLoss.terms(batch, inputs))
            .getMessage();
    assertTrue(message.startsWith("[hnn]") && message.contains(problem), message);
    assertTrue(message.contains("in a row"), message);
  }
}
