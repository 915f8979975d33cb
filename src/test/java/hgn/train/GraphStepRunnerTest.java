package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.Batch;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.MemoryPool;
import hgn.tensor.Recorder;
import hgn.testing.models.TinyTraining;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recorded and replayed steps, with a recorder that replays by repeating the work. */
class GraphStepRunnerTest {
  private static final Backend BACKEND = Backends.fastest();

  /** Repeats the work where a device would replay it, in reserved memory. */
  private static final class Replayer implements Recorder {
    int recordings;
    int replays;

    @Override
    public Recording record(Runnable work) {
      recordings++;
      return new Recording() {
        private MemoryPool.Reservation memory;

        @Override
        public void replay() {
          replays++;
          close();
          memory = BACKEND.pool().reserve(work);
        }

        @Override
        public long operations() {
          return 0;
        }

        @Override
        public void close() {
          if (memory != null) {
            memory.close();
          }
        }
      };
    }
  }

  private static void assertSameState(TinyTraining expected, TinyTraining actual) {
    Map<String, double[]> values = actual.state();
    expected.state().forEach((name, x) -> assertArrayEquals(x, values.get(name), name));
  }

  @Test
  void theyEndInTheSameBitsAsStepsThatAreNotRecorded() {
    Replayer replayer = new Replayer();
    try (TinyTraining plain = new TinyTraining(BACKEND);
        TinyTraining training = new TinyTraining(BACKEND);
        StepRunner steps = new GraphStepRunner(training.step, replayer)) {
      assertFalse(steps.isEager());
      for (int k = 0; k < 6; k++) {
        Batch batch = TinyTraining.batch(4 * k);
        TrainingStep.Losses expected = plain.step.run(batch, k);
        steps.run(batch, k);
        if (k != 3) { // reading does not change anything
          assertEquals(expected, steps.losses(), "step " + k);
        }
      }
      assertSameState(plain, training);
      assertEquals(1, replayer.recordings);
      assertEquals(5, replayer.replays, "all but the first are repeated");
    }
  }

  @Test
  void aDamagedStepIsNamedLaterAndNothingAfterItChangesTheModel() {
    try (TinyTraining plain = new TinyTraining(BACKEND);
        TinyTraining training = new TinyTraining(BACKEND);
        StepRunner steps = new GraphStepRunner(training.step, new Replayer())) {
      for (int k = 10; k < 13; k++) {
        plain.step.run(TinyTraining.batch(4 * k), k);
        steps.run(TinyTraining.batch(4 * k), k);
      }
      Batch damaged = TinyTraining.batch(0);
      damaged.targets()[7] = Float.NaN;
      steps.run(damaged, 13);
      steps.run(TinyTraining.batch(4), 14);
      steps.run(TinyTraining.batch(8), 15);
      String message = assertThrows(NonFiniteException.class, steps::losses).getMessage();
      assertTrue(
          message.startsWith("step 13: the reconstruction error (MSE) is not finite (NaN)"),
          message);
      training.adam.restoreSteps(plain.adam.steps()); // those queued after it were counted
      assertSameState(plain, training);
    }
  }

  @Test
  void closingLeavesNothing() {
    try (TinyTraining training = new TinyTraining(BACKEND)) {
      long blocks = BACKEND.pool().liveBlocks();
      try (StepRunner steps = new GraphStepRunner(training.step, new Replayer())) {
        for (int k = 0; k < 3; k++) {
          steps.run(TinyTraining.batch(4 * k), k);
        }
        steps.losses();
      }
      assertEquals(blocks, BACKEND.pool().liveBlocks());
    }
  }
}
