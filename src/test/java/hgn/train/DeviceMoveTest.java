package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.run.Checkpoint;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.models.TinyTraining;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that resumes from its checkpoint on another device. */
@InFp32
class DeviceMoveTest {
  private static final int STEPS = 2;

  /**
   * Tolerance: Adam divides by the gradient's size, which amplifies rounding of small gradients.
   */
  private static final double TOLERANCE = 2e-4;

  @TempDir Path folder;

  @BeforeAll
  static void install() {
    CudaEmulator.install();
  }

  private static Map<String, double[]> whole(Backend backend) {
    try (TinyTraining training = new TinyTraining(backend)) {
      training.run(0, 2 * STEPS);
      return training.state();
    }
  }

  private Map<String, double[]> moved(Backend from, Backend to) {
    Path file = folder.resolve(from.name() + ".safetensors");
    try (TinyTraining first = new TinyTraining(from);
        TinyTraining second = new TinyTraining(to)) {
      first.run(0, STEPS);
      Checkpoint.write(
          file,
          "",
          first.adam,
          first.weighting,
          Optional.empty(),
          new Checkpoint.Position(STEPS, 1, STEPS));
      Checkpoint.read(
          file, second.model.parameters(), second.adam, second.weighting, Optional.empty());
      Map<String, double[]> read = second.state();
      first.state().forEach((name, x) -> assertArrayEquals(x, read.get(name), name));
      second.run(STEPS, 2 * STEPS);
      return second.state();
    }
  }

  @Test
  void theDevicesEndAlikeWhicheverWayItMoves() {
    Backend cuda = Backends.get("cuda");
    Backend host = Backends.get("jvm");
    Map<String, double[]> expected = whole(host);
    for (Map<String, double[]> actual : java.util.List.of(moved(cuda, host), moved(host, cuda))) {
      assertEquals(expected.keySet(), actual.keySet());
      expected.forEach((name, x) -> assertArrayEquals(x, actual.get(name), TOLERANCE, name));
    }
  }
}
