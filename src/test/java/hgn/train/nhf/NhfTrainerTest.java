package hgn.train.nhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.NhfConfig;
import hgn.run.Checkpoint;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import hgn.safetensors.SafetensorsWriter;
import hgn.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NhfTrainerTest {
  @TempDir Path runs;

  /** Stops a training after some steps and records the calls. */
  private static final class Follower implements NhfListener {
    private final long stopAfter;
    private final List<Long> evaluated = new ArrayList<>();
    private long steps;
    private NhfTrainer trainer;

    Follower(long stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void stepped(long done, long total, double loss) {
      steps++;
      if (done == stopAfter) {
        trainer.requestStop();
      }
    }

    @Override
    public void evaluated(long done, NhfScore score) {
      evaluated.add(done);
    }
  }

  private static NhfTrainer trainer(NhfExperiment experiment, RunFolder folder, Follower follower) {
    follower.trainer = new NhfTrainer(experiment, folder, follower);
    return follower.trainer;
  }

  private RunFolder whole(String name) {
    RunFolder folder = RunFolder.create(runs, name);
    try (NhfExperiment experiment = new NhfExperiment(TinyNhfs.config())) {
      Follower follower = new Follower(-1);
      NhfTrainer.Result result = trainer(experiment, folder, follower).start();
      assertEquals(0, result.first());
      assertEquals(6, result.steps());
      assertNotNull(result.score());
      assertEquals(6, follower.steps);
      assertEquals(List.of(4L, 6L), follower.evaluated);
    }
    return folder;
  }

  private static void assertSame(RunFolder expected, RunFolder actual) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(expected.lastCheckpoint()), Files.readAllBytes(actual.lastCheckpoint()));
    assertArrayEquals(Files.readAllBytes(expected.metrics()), Files.readAllBytes(actual.metrics()));
  }

  @Test
  void aRunIsRepeatedAndResumedBitForBit() throws IOException {
    RunFolder first = whole("first");
    assertSame(first, whole("second"));
    assertEquals(6 + 2 * 2, Files.readAllLines(first.metrics()).size());

    RunFolder cut = RunFolder.create(runs, "cut");
    for (int stop : new int[] {3, 5, -1}) {
      try (NhfExperiment experiment = new NhfExperiment(TinyNhfs.config())) {
        NhfTrainer trainer = trainer(experiment, cut, new Follower(stop));
        NhfTrainer.Result result = stop == 3 ? trainer.start() : trainer.resume();
        assertEquals(stop == 3 ? 0 : stop == 5 ? 3 : 5, result.first());
        assertEquals(stop < 0 ? 6 : stop, result.steps());
        assertEquals(result.steps(), trainer.savedSteps());
      }
    }
    assertSame(first, cut);
  }

  @Test
  void checkpointsOfOtherModelsAreRefused() {
    RunFolder folder = whole("whole");
    NhfConfig wider = TinyNhfs.config("flow.hidden=17");
    NhfConfig more = TinyNhfs.config("flow.flows=4");
    NhfConfig fewer = TinyNhfs.config("flow.flows=2");
    assertRefused(folder.lastCheckpoint(), wider, "(2,24)", "(2,17)", "another model");
    assertRefused(folder.lastCheckpoint(), more, "lacks", "flow3.");
    assertRefused(folder.lastCheckpoint(), fewer, "flow2.");
    Path other = runs.resolve("other.safetensors");
    new SafetensorsWriter().metadata("format", Checkpoint.FORMAT).write(other);
    assertRefused(other, wider, Checkpoint.FORMAT, "'flow train'", NhfCheckpoint.FORMAT);
    Path foreign = runs.resolve("foreign.safetensors");
    new SafetensorsWriter().put("x", Shape.of(1), new float[1]).write(foreign);
    assertRefused(foreign, wider, "no checkpoint of hgn4j");
    assertRefused(runs.resolve("absent.safetensors"), wider, "no such file");
    String message =
        assertThrows(CheckpointException.class, () -> Checkpoint.config(folder.lastCheckpoint()))
            .getMessage();
    assertTrue(message.contains(NhfCheckpoint.FORMAT), message);
  }

  private static void assertRefused(Path file, NhfConfig config, String... words) {
    try (NhfExperiment experiment = new NhfExperiment(config)) {
      double[] before = firstWeights(experiment);
      String message =
          assertThrows(
                  CheckpointException.class,
                  () ->
                      NhfCheckpoint.read(file, experiment.model().parameters(), experiment.adam()))
              .getMessage();
      for (String word : words) {
        assertTrue(message.contains(word), "'" + message + "' lacks '" + word + "'");
      }
      assertArrayEquals(before, firstWeights(experiment));
      assertEquals(0, experiment.adam().steps());
    }
  }

  private static double[] firstWeights(NhfExperiment experiment) {
    return experiment.model().parameters().all().iterator().next().value().toDoubles();
  }

  /** float32 parameters can be read into a float64 flow for exact measurements. */
  @Test
  void parametersCanBeReadInAnotherDtype() {
    RunFolder folder = whole("whole");
    try (NhfExperiment single = new NhfExperiment(TinyNhfs.config());
        NhfExperiment exact = TinyNhfs.exact()) {
      assertEquals(
          6, NhfCheckpoint.readModel(folder.lastCheckpoint(), single.model().parameters()));
      NhfCheckpoint.readModel(folder.lastCheckpoint(), exact.model().parameters());
      assertArrayEquals(firstWeights(single), firstWeights(exact));
    }
  }
}
