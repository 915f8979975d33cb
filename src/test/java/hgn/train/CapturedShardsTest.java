package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.Batch;
import hgn.nn.Parameters;
import hgn.ranks.Ranks;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Recorder;
import hgn.testing.ThreadRanks;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.models.TinyTraining;
import hgn.train.sums.ShardSums;
import hgn.train.sums.SumLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps in shards recorded as two graphs, with the sum between them, by the emulated device. */
@InFp32
class CapturedShardsTest {
  private static final int SHARDS = 4;
  private static final int STEPS = 4;

  private static Backend cuda;

  @BeforeAll
  static void install() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
    System.setProperty("hgn.nccl", "off"); // which refuses ranks that share a device
  }

  @AfterAll
  static void allowNccl() {
    System.clearProperty("hgn.nccl");
  }

  /** Makes the sums of a rank. */
  private interface Sums {
    ShardSums of(Ranks ranks, Parameters parameters, SumLayout layout, int own);
  }

  /** The shards of batch {@code k} that a rank has. */
  private static List<Batch> shards(Ranks ranks, int k) {
    int own = SHARDS / ranks.size();
    return IntStream.range(ranks.rank() * own, (ranks.rank() + 1) * own)
        .mapToObj(shard -> TinyTraining.batch(4L * (SHARDS * k + shard)))
        .toList();
  }

  private static ShardedStep step(
      TinyTraining training, Ranks ranks, Optional<Recorder> recorder, Sums sums) {
    SumLayout layout = ShardedStep.layout(training.step, SHARDS);
    Parameters parameters = training.model.parameters();
    return new ShardedStep(
        training.step,
        ranks,
        SHARDS,
        recorder,
        layout,
        sums.of(ranks, parameters, layout, SHARDS / ranks.size()));
  }

  private static Map<String, double[]> train(
      Ranks ranks, Backend backend, Optional<Recorder> recorder, Sums sums) {
    try (TinyTraining training = new TinyTraining(backend);
        ShardedStep step = step(training, ranks, recorder, sums)) {
      for (int k = 0; k < STEPS; k++) {
        step.run(shards(ranks, k), k, false);
      }
      assertEquals(recorder.isPresent(), step.recordedOperations().isPresent());
      return training.state();
    }
  }

  private static void assertSame(Map<String, double[]> expected, Map<String, double[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, x) -> assertArrayEquals(x, actual.get(name), name));
  }

  @Test
  void theyEndInTheSameBitsAsStepsThatAreNotAndAsSumsInTheHostsMemory() {
    long blocks = cuda.pool().liveBlocks();
    Map<String, double[]> eager =
        train(Ranks.alone(), cuda, Optional.empty(), ShardSums::inHostMemory);
    assertSame(eager, train(Ranks.alone(), cuda, Optional.empty(), ShardSums::onDevice));
    assertSame(eager, train(Ranks.alone(), cuda, cuda.recorder(), ShardSums::onDevice));
    assertEquals(blocks, cuda.pool().liveBlocks());
  }

  /** The quick preset pools its posteriors. */
  @Test
  void alsoWherePosteriorsArePooled() {
    List<Map<String, double[]>> states = new ArrayList<>();
    for (Optional<Recorder> recorder : List.of(Optional.<Recorder>empty(), cuda.recorder())) {
      try (TinyTraining training = new TinyTraining(cuda, 10);
          ShardedStep step = step(training, Ranks.alone(), recorder, ShardSums::onDevice)) {
        for (int k = 0; k < STEPS; k++) {
          step.run(shards(Ranks.alone(), k), k, false);
        }
        assertEquals(recorder.isPresent(), step.recordedOperations().isPresent());
        states.add(training.state());
      }
    }
    assertSame(states.get(0), states.get(1));
    Map<String, double[]> unpooled =
        train(Ranks.alone(), cuda, cuda.recorder(), ShardSums::onDevice);
    assertTrue(
        unpooled.entrySet().stream()
            .anyMatch(e -> !Arrays.equals(e.getValue(), states.get(1).get(e.getKey()))));
  }

  /** Ranks of one process share its device, which records for one thread at a time. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void ranksEndInTheBitsOfOneThatRecords(int size) {
    Map<String, double[]> alone = train(Ranks.alone(), cuda, cuda.recorder(), ShardSums::onDevice);
    Backend jvm = Backends.get("jvm");
    Map<String, double[]> host = train(Ranks.alone(), jvm, Optional.empty(), ShardSums::onDevice);
    ThreadRanks.run(size, ranks -> train(ranks, jvm, Optional.empty(), ShardSums::onDevice))
        .forEach(each -> assertSame(host, each));
    ThreadRanks.run(size, ranks -> train(ranks, cuda, Optional.empty(), ShardSums::onDevice))
        .forEach(each -> assertSame(alone, each));
  }

  @Test
  void aRecordedStepAsksForAStopAndMeetsANumberThatIsNotFinite() {
    try (TinyTraining training = new TinyTraining(cuda);
        TinyTraining plain = new TinyTraining(cuda);
        ShardedStep step = step(training, Ranks.alone(), cuda.recorder(), ShardSums::onDevice);
        ShardedStep eager = step(plain, Ranks.alone(), Optional.empty(), ShardSums::inHostMemory)) {
      for (int k = 10; k < 13; k++) {
        assertEquals(
            eager.run(shards(Ranks.alone(), k), k, k == 11),
            step.run(shards(Ranks.alone(), k), k, k == 11));
      }
      List<Batch> damaged = shards(Ranks.alone(), 13);
      damaged.get(2).targets()[7] = Float.NaN;
      String message =
          assertThrows(NonFiniteException.class, () -> step.run(damaged, 13, false)).getMessage();
      assertTrue(
          message.startsWith("step 13: the reconstruction error (MSE) is not finite (NaN)"),
          message);
      assertSame(plain.state(), training.state());
    }
  }
}
