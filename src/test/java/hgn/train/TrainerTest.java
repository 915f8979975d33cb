package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.run.Checkpoint;
import hgn.run.RunFolder;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.testing.backends.RunningBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs, stopped and resumed at every step, compared with an uninterrupted run. */
class TrainerTest {
  private static final int STEPS = 4;

  @TempDir static Path shared;
  private static RunFolder whole;

  @TempDir Path runs;

  @BeforeAll
  static void runOnceWithoutStopping() {
    whole = uninterrupted(config(), shared, "whole");
  }

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static Config config(String... settings) {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            "train.steps=" + STEPS,
            "train.batch=2",
            "model.frames-in=2",
            "model.frames-out=3",
            "data.train-rollouts=5",
            "data.workers=2",
            "train.decode-frames=0",
            "train.log-every=2",
            "train.evaluate-every=2",
            "train.evaluate-rollouts=2",
            "train.checkpoint-every=3"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(null, all);
  }

  /** Counts steps and runs an action after one of them. */
  private static final class Watcher implements TrainingListener {
    private final long at;
    private Runnable action = () -> {};
    private final List<Long> steps = new ArrayList<>();
    private final List<Long> evaluations = new ArrayList<>();

    Watcher(long at) {
      this.at = at;
    }

    @Override
    public void stepped(long done, long total, TrainingStep.Losses losses) {
      steps.add(done);
      if (done == at) {
        action.run();
      }
    }

    @Override
    public void evaluated(long done, Estimate test, boolean best) {
      evaluations.add(done);
    }
  }

  private static RunFolder uninterrupted(Config config, Path runs, String name) {
    RunFolder folder = RunFolder.create(runs, name);
    try (Experiment experiment = new Experiment(config)) {
      Trainer.Result result = new Trainer(experiment, folder, TrainingListener.SILENT).start();
      assertTrue(result.finished());
      assertEquals(STEPS, result.steps());
    }
    return folder;
  }

  private RunFolder stopped(Config config, long at) {
    RunFolder folder = RunFolder.create(runs, "stopped-at-" + at);
    try (Experiment experiment = new Experiment(config)) {
      Watcher watcher = new Watcher(at);
      Trainer trainer = new Trainer(experiment, folder, watcher);
      watcher.action = trainer::requestStop;
      Trainer.Result result = trainer.start();
      assertFalse(result.finished());
      assertEquals(at, result.steps());
    }
    return folder;
  }

  private static Trainer.Result resume(Config config, RunFolder folder, TrainingListener listener) {
    try (Experiment experiment = new Experiment(config)) {
      return new Trainer(experiment, RunFolder.open(folder.path()), listener).resume();
    }
  }

  private static void assertSameFiles(RunFolder expected, RunFolder actual) throws IOException {
    assertEquals(
        Files.readString(expected.metrics()), Files.readString(actual.metrics()), "metrics");
    assertArrayEquals(
        Files.readAllBytes(expected.lastCheckpoint()),
        Files.readAllBytes(actual.lastCheckpoint()),
        "last checkpoint");
    assertArrayEquals(
        Files.readAllBytes(expected.bestCheckpoint()),
        Files.readAllBytes(actual.bestCheckpoint()),
        "best checkpoint");
    assertEquals(Files.readString(expected.config()), Files.readString(actual.config()), "config");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aResumedRunEndsInTheBytesOfOneThatNeverStopped(long at) throws IOException {
    RunFolder folder = stopped(config(), at);
    Watcher watcher = new Watcher(-1);
    assertTrue(resume(config(), folder, watcher).finished());
    assertEquals(STEPS - at, watcher.steps.size());
    assertEquals(at + 1, watcher.steps.get(0));
    assertSameFiles(whole, folder);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void soItDoesOnEveryBackend(Backend backend) throws IOException {
    assertResumesAlike(config("engine.backend=" + backend.name()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.deterministic=true",
        "train.objective=vae model.integrator=rk4 model.base=none",
        "train.decode-frames=1 train.evaluate-every=0",
        "model.frames-in=all",
        "train.past-frames=2"
      })
  void soItDoesInEveryVariant(String settings) throws IOException {
    assertResumesAlike(config(settings.split(" ")));
  }

  private void assertResumesAlike(Config config) throws IOException {
    RunFolder expected = uninterrupted(config, runs, "uninterrupted");
    RunFolder folder = stopped(config, 3);
    assertTrue(resume(config, folder, TrainingListener.SILENT).finished());
    assertSameFiles(expected, folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"published", "paper"})
  void theLargePresetsTrain(String preset) throws IOException {
    Config config =
        config(
            "model.preset=" + preset,
            "train.steps=1",
            "train.batch=1",
            "model.frames-out=2",
            "train.evaluate-rollouts=1");
    RunFolder folder = RunFolder.create(runs, preset);
    try (Experiment experiment = new Experiment(config)) {
      Trainer.Result result = new Trainer(experiment, folder, TrainingListener.SILENT).start();
      assertTrue(result.finished());
      assertTrue(result.bestMse() < 1, "MSE " + result.bestMse());
    }
    assertEquals(2, Files.readAllLines(folder.metrics()).size());
  }

  @Test
  void theWorkersChangeNothing() throws IOException {
    // the number is part of the configuration, so the metrics are compared
    RunFolder three = uninterrupted(config("data.workers=3"), runs, "three");
    assertEquals(Files.readString(whole.metrics()), Files.readString(three.metrics()));
  }

  @Test
  void aRunThatDiedGoesOnFromItsLastCheckpoint() throws IOException {
    Config config = config();
    for (long at : new long[] {2, 4}) {
      RunFolder folder = RunFolder.create(runs, "died-at-" + at);
      try (Experiment experiment = new Experiment(config)) {
        Watcher watcher = new Watcher(at);
        watcher.action =
            () -> {
              throw new ArithmeticException("planted");
            };
        Trainer trainer = new Trainer(experiment, folder, watcher);
        assertThrows(ArithmeticException.class, trainer::start);
      }
      Watcher watcher = new Watcher(-1);
      assertTrue(resume(config, folder, watcher).finished());
      assertEquals(at < 3 ? 1 : 4, watcher.steps.get(0), "checkpoints at 0 and 3");
      assertSameFiles(whole, folder);
    }
  }

  @Test
  void stepsAreLoggedEvaluatedAndReportedWhenTheyAreDue() throws IOException {
    Config config = config("train.steps=5");
    RunFolder folder = RunFolder.create(runs, "due");
    Watcher watcher = new Watcher(-1);
    try (Experiment experiment = new Experiment(config)) {
      Trainer.Result result = new Trainer(experiment, folder, watcher).start();
      assertTrue(result.bestStep() == 2 || result.bestStep() == 4 || result.bestStep() == 5);
      assertEquals(
          new Checkpoint.Position(5, result.bestMse(), result.bestStep()),
          position(folder.lastCheckpoint(), experiment));
      assertEquals(result.bestMse(), position(folder.bestCheckpoint(), experiment).bestMse());
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), watcher.steps);
    assertEquals(List.of(2L, 4L, 5L), watcher.evaluations);
    List<String> lines = Files.readAllLines(folder.metrics());
    assertEquals(6, lines.size());
    String[] steps = {"2", "2", "4", "4", "5", "5"};
    for (int i = 0; i < steps.length; i++) {
      String expected =
          "{\"step\":" + steps[i] + (i % 2 == 0 ? ",\"loss\":" : ",\"validation_mse\":");
      assertTrue(lines.get(i).startsWith(expected), lines.get(i));
    }
  }

  @Test
  void resumingAFinishedRunChangesNothing() throws IOException {
    byte[] last = Files.readAllBytes(whole.lastCheckpoint());
    String metrics = Files.readString(whole.metrics());
    Watcher watcher = new Watcher(-1);
    Trainer.Result result = resume(config(), whole, watcher);
    assertTrue(result.finished());
    assertTrue(watcher.steps.isEmpty());
    assertArrayEquals(last, Files.readAllBytes(whole.lastCheckpoint()));
    assertEquals(metrics, Files.readString(whole.metrics()));
  }

  @Test
  void whatIsWorseAfterAResumeDoesNotReplaceTheBest() throws IOException {
    Config config = config();
    RunFolder folder = stopped(config, 2);
    byte[] best = Files.readAllBytes(folder.bestCheckpoint());
    double unbeaten = 1e-9;
    try (Experiment experiment = new Experiment(config)) {
      long steps = position(folder.lastCheckpoint(), experiment).steps();
      Checkpoint.write(
          folder.lastCheckpoint(),
          config.toYaml(),
          experiment.adam(),
          experiment.weighting(),
          Optional.empty(),
          new Checkpoint.Position(steps, unbeaten, steps));
    }
    Trainer.Result result = resume(config, folder, TrainingListener.SILENT);
    assertEquals(unbeaten, result.bestMse());
    assertArrayEquals(best, Files.readAllBytes(folder.bestCheckpoint()));
  }

  private static Checkpoint.Position position(Path file, Experiment into) {
    return Checkpoint.read(
        file, into.model().parameters(), into.adam(), into.weighting(), into.average());
  }

  @Test
  void aRunThatDivergesLeavesASoundCheckpointAndSaysWhere() {
    Config config = config("train.learning-rate=1e30", "train.checkpoint-every=1");
    RunFolder folder = RunFolder.create(runs, "diverges");
    try (Experiment experiment = new Experiment(config)) {
      Trainer trainer = new Trainer(experiment, folder, TrainingListener.SILENT);
      String message = assertThrows(NonFiniteException.class, trainer::start).getMessage();
      assertTrue(message.matches("step \\d+: the .* is not finite.*"), message);
    }
    try (Experiment experiment = new Experiment(config)) {
      Checkpoint.Position position = position(folder.lastCheckpoint(), experiment);
      assertTrue(position.steps() >= 1, "steps " + position.steps());
      assertTrue(Double.isFinite(experiment.weighting().weight()));
    }
  }

  @Test
  void anExperimentFreesAllItMade() {
    Backend backend = Backends.fastest();
    long blocks = backend.pool().liveBlocks();
    try (Experiment experiment = new Experiment(config("engine.backend=" + backend.name()))) {
      assertTrue(backend.pool().liveBlocks() > blocks);
      assertEquals(4, experiment.window().rolloutFrames());
    }
    assertEquals(blocks, backend.pool().liveBlocks());
  }
}
