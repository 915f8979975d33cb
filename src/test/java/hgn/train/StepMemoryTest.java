package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.data.Batch;
import hgn.predict.Predictor;
import hgn.tensor.Backend;
import hgn.tensor.MemoryPool;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyTraining;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training needs as much memory in its thousandth step as in its third. */
class StepMemoryTest {
  private static final int WARM_UP = 3;

  private record Use(long liveBlocks, long liveBytes, long idleBytes, long peakBytes) {
    static Use of(MemoryPool pool) {
      return new Use(pool.liveBlocks(), pool.liveBytes(), pool.idleBytes(), pool.peakBytes());
    }
  }

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aThousandStepsUseWhatTheFirstFewUse(Backend backend) {
    MemoryPool pool = backend.pool();
    pool.trim();
    try (TinyTraining training = new TinyTraining(backend)) {
      training.run(0, WARM_UP);
      Use expected = Use.of(pool);
      for (int k = WARM_UP; k < 1000; k++) {
        training.run(k, k + 1);
        assertEquals(expected, Use.of(pool), "after step " + k);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void evaluationsFailuresAndOtherBatchesInBetweenLeaveNothingLive(Backend backend) {
    MemoryPool pool = backend.pool();
    try (TinyTraining training = new TinyTraining(backend)) {
      Predictor predictor = new Predictor(training.model, false, 1);
      long blocks = pool.liveBlocks();
      long bytes = -1;
      long idle = -1;
      for (int k = 0; k < 60; k++) {
        training.run(k, k + 1);
        predictor.reconstruct(TinyTraining.batch(k), 9, 0.125, k);
        training.step.run(
            TinyTraining.batch(k, TinyTraining.WINDOW, new int[] {k % 2, 2 + k % 2}), k);
        Batch damaged = TinyTraining.batch(k);
        damaged.targets()[0] = Float.NaN;
        assertThrows(NonFiniteException.class, () -> training.step.run(damaged, 0));
        assertEquals(blocks, pool.liveBlocks(), "after round " + k);
        if (k == 10) {
          bytes = pool.liveBytes();
          idle = pool.idleBytes();
        } else if (k > 10) {
          assertEquals(bytes, pool.liveBytes(), "after round " + k);
          assertEquals(idle, pool.idleBytes(), "after round " + k);
        }
      }
    }
  }
}
