package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.nn.Adam;
import hgn.ranks.Ranks;
import hgn.testing.backends.CudaEmulator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Shards on the emulated device. */
class ShardedDeviceTest {
  @BeforeAll
  static void install() {
    CudaEmulator.install();
  }

  private static Config config(int shards) {
    return ConfigLoader.load(
        null,
        List.of(
            "engine.backend=cuda",
            "train.steps=2",
            "train.batch=2",
            "train.shards=" + shards,
            "model.frames-in=2",
            "model.frames-out=3",
            "train.decode-frames=2",
            "data.train-rollouts=4",
            "data.workers=1"));
  }

  /** First moments after one step: gradients, but for a factor. */
  private static List<double[]> moments(int shards) {
    try (Experiment experiment = new Experiment(config(shards));
        StepSequence steps = experiment.training(0, GradientWatch.NONE, Ranks.alone())) {
      assertTrue(steps.isEager() == shards > 1);
      steps.run(0, false);
      steps.ask().losses();
      return experiment.adam().slots().stream()
          .map(Adam.Slot::first)
          .map(moment -> moment.toDoubles())
          .toList();
    }
  }

  @Test
  void theyHaveTheGradientsOfTheWhole() {
    List<double[]> whole = moments(1);
    List<double[]> sharded = moments(2);
    for (int i = 0; i < whole.size(); i++) {
      double largest = Arrays.stream(whole.get(i)).map(Math::abs).max().orElseThrow();
      assertArrayEquals(whole.get(i), sharded.get(i), 2e-4 * largest + 1e-9, "parameter " + i);
    }
  }
}
