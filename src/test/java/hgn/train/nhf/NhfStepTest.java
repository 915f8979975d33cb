package hgn.train.nhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.nn.Parameter;
import hgn.train.NonFiniteException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NhfStepTest {
  @ParameterizedTest
  @ValueSource(strings = {"mixture", "rings", "moons"})
  void trainingLowersTheLoss(String density) {
    try (NhfExperiment experiment = new NhfExperiment(TinyNhfs.learning(density))) {
      double[] losses = TinyNhfs.train(experiment, TinyNhfs.STEPS);
      double before = Arrays.stream(losses, 0, 20).average().orElseThrow();
      double after =
          Arrays.stream(losses, TinyNhfs.STEPS - 20, TinyNhfs.STEPS).average().orElseThrow();
      assertTrue(after < before - 0.1, before + " to " + after);
      assertEquals(TinyNhfs.STEPS, experiment.adam().steps());
    }
  }

  @Test
  void aSeedGivesTheSameNumbersAgainAndAnotherOthers() {
    double[] first = losses("train.seed=1");
    assertArrayEquals(first, losses("train.seed=1"));
    double[] other = losses("train.seed=2");
    for (int k = 0; k < first.length; k++) {
      assertTrue(first[k] != other[k]);
    }
  }

  private static double[] losses(String seed) {
    try (NhfExperiment experiment = new NhfExperiment(TinyNhfs.config(seed))) {
      return TinyNhfs.train(experiment, 6);
    }
  }

  /** The rate is r at the first step, r/2 in the middle and near 0 at the end, and Adam uses it. */
  @Test
  void theRateFallsAlongACosine() {
    try (NhfExperiment experiment = TinyNhfs.exact("train.steps=1000000")) {
      NhfStep step = new NhfStep(experiment);
      assertEquals(1e-2, furthest(experiment, step, 0), 1e-5);
    }
    try (NhfExperiment experiment = TinyNhfs.exact("train.steps=1000000")) {
      NhfStep step = new NhfStep(experiment);
      assertEquals(5e-3, furthest(experiment, step, 500_000), 1e-5);
    }
    try (NhfExperiment experiment = TinyNhfs.exact("train.steps=1000000")) {
      NhfStep step = new NhfStep(experiment);
      assertEquals(0, furthest(experiment, step, 999_999), 1e-7);
    }
  }

  /** Adam's first update moves every parameter whose gradient is not tiny by the rate. */
  private static double furthest(NhfExperiment experiment, NhfStep step, long number) {
    Parameter parameter = experiment.model().parameters().get("encoder.mean.2.bias");
    double[] before = parameter.value().toDoubles();
    step.run(number);
    double[] after = parameter.value().toDoubles();
    return Math.max(Math.abs(after[0] - before[0]), Math.abs(after[1] - before[1]));
  }

  @Test
  void aLossThatIsNotFiniteChangesNothing() {
    try (NhfExperiment experiment = TinyNhfs.exact()) {
      Parameter broken = experiment.model().parameters().get("encoder.mean.2.bias");
      broken.value().set(Double.NaN, 0);
      Parameter other = experiment.model().parameters().get("flow0.kinetic.0.weight");
      double[] before = other.value().toDoubles();
      String message =
          assertThrows(NonFiniteException.class, () -> new NhfStep(experiment).run(3)).getMessage();
      assertTrue(message.startsWith("step 4: the loss is not finite"), message);
      assertArrayEquals(before, other.value().toDoubles());
      assertEquals(0, experiment.adam().steps());
    }
  }
}
