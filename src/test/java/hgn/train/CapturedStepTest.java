package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.Batch;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DeviceException;
import hgn.tensor.Precision;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.backends.Precisions;
import hgn.testing.models.TinyTraining;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole training steps recorded as a graph and replayed by the emulated device. */
@InFp32
class CapturedStepTest {
  private static final int STEPS = 5;

  /**
   * Tolerance: Adam divides by the gradient's size, which amplifies rounding of small gradients.
   */
  private static final double TOLERANCE = 2e-4;

  private Backend cuda;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
  }

  private static Map<String, double[]> stepByStep(Backend backend) {
    try (TinyTraining training = new TinyTraining(backend)) {
      training.run(0, STEPS);
      return training.state();
    }
  }

  private Map<String, double[]> captured() {
    try (TinyTraining training = new TinyTraining(cuda);
        StepRunner steps = new GraphStepRunner(training.step, cuda.recorder().orElseThrow())) {
      for (int k = 0; k < STEPS; k++) {
        steps.run(TinyTraining.batch(4 * k), k);
      }
      assertTrue(steps.losses().loss() < Double.POSITIVE_INFINITY);
      return training.state();
    }
  }

  @Test
  void theyEndInTheSameBitsAsStepsThatAreNotAndCloseToThoseOfTheHost() {
    long blocks = cuda.pool().liveBlocks();
    Map<String, double[]> captured = captured();
    assertEquals(blocks, cuda.pool().liveBlocks());
    stepByStep(cuda).forEach((name, x) -> assertArrayEquals(x, captured.get(name), name));
    stepByStep(Backends.get("jvm"))
        .forEach((name, x) -> assertArrayEquals(x, captured.get(name), TOLERANCE, name));
  }

  /**
   * Batch {@code k} of a training that decodes different times in each step, forward and backward.
   */
  private static Batch someTimes(int k) {
    int[][] times = {{-3, 0, 2}, {-1, 1, 3}, {0, 1, 2}, {-3, -2, -1}, {-2, 0, 3}};
    return TinyTraining.batch(4 * k, TinyTraining.WINDOW.withPast(2), times[k % times.length]);
  }

  private static Map<String, double[]> someTimes(
      Backend backend, Function<TrainingStep, StepRunner> way) {
    try (TinyTraining training = new TinyTraining(backend);
        StepRunner steps = way.apply(training.step)) {
      for (int k = 0; k < STEPS; k++) {
        steps.run(someTimes(k), k);
      }
      steps.losses();
      return training.state();
    }
  }

  @Test
  void stepsThatDecodeOtherTimesEachRepeatTheSameRecording() {
    Map<String, double[]> recorded = someTimes(cuda, step -> StepRunner.fastest(step, cuda));
    someTimes(cuda, StepRunner::eager)
        .forEach((name, x) -> assertArrayEquals(x, recorded.get(name), name));
    someTimes(Backends.get("jvm"), StepRunner::eager)
        .forEach((name, x) -> assertArrayEquals(x, recorded.get(name), TOLERANCE, name));
  }

  @Test
  void askingForLossesWaitsForNothing() {
    try (TinyTraining training = new TinyTraining(cuda);
        TinyTraining plain = new TinyTraining(cuda);
        StepRunner steps = StepRunner.fastest(training.step, cuda)) {
      PendingLosses asked = null;
      long usual = 0;
      for (int k = 0; k < 6; k++) {
        TrainingStep.Losses expected = plain.step.run(someTimes(k), k);
        cuda.await();
        Batch batch = someTimes(k);
        long before = CudaEmulator.waits();
        steps.run(batch, k);
        if (k == 3) {
          usual = CudaEmulator.waits() - before;
        } else if (k == 4) {
          asked = steps.ask();
          assertFalse(asked.haveArrived());
          assertEquals(usual, CudaEmulator.waits() - before, "waits of a step that is logged");
          cuda.await();
          assertTrue(asked.haveArrived());
          assertEquals(expected, asked.losses());
        }
      }
      assertEquals(asked.losses(), asked.losses(), "also after a later step");
    }
  }

  @Test
  void inBf16TheyEndInTheSameBitsAsStepsThatAreNotAndInOthersThanInFp32() {
    Map<String, double[]> exact = captured();
    Precisions.in(
        Precision.BF16,
        () -> {
          Map<String, double[]> captured = captured();
          stepByStep(cuda).forEach((name, x) -> assertArrayEquals(x, captured.get(name), name));
          assertEquals(exact.keySet(), captured.keySet());
          assertTrue(
              exact.entrySet().stream()
                  .anyMatch(e -> !Arrays.equals(e.getValue(), captured.get(e.getKey()))));
        });
  }

  @Test
  void aDeviceThatIsLostBetweenStepsIsOneLine() {
    try (TinyTraining training = new TinyTraining(cuda)) {
      StepRunner steps = new GraphStepRunner(training.step, cuda.recorder().orElseThrow());
      steps.run(TinyTraining.batch(0), 0);
      steps.run(TinyTraining.batch(4), 1);
      CudaEmulator.failLaunchAfter(3, CUresult.CUDA_ERROR_UNKNOWN);
      String message =
          assertThrows(
                  DeviceException.class,
                  () -> {
                    steps.run(TinyTraining.batch(8), 2);
                    steps.losses();
                  })
              .getMessage();
      assertTrue(message.startsWith("[cuda] the device is lost: CUDA_ERROR_UNKNOWN"), message);
      assertThrows(DeviceException.class, steps::close, "what is queued cannot be waited for");
      CudaEmulator.recover();
    }
  }
}
