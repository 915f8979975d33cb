package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.run.RunFolder;
import hgn.testing.backends.CudaEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the quick preset with steps recorded by the emulated device. */
class RecordedTrainingTest {
  private static final int STEPS = 7;

  @TempDir private Path runs;

  @BeforeAll
  static void install() {
    CudaEmulator.install();
  }

  private static Config config() {
    return ConfigLoader.load(
        null,
        List.of(
            "engine.backend=cuda",
            "train.steps=" + STEPS,
            "train.batch=1",
            "model.frames-in=2",
            "model.frames-out=4",
            "data.train-rollouts=5",
            "data.workers=1",
            "train.past-frames=3",
            "train.decode-frames=2",
            "train.schedule=cosine",
            "train.warmup=2",
            "train.clip-norm=0.01",
            "train.average=0.9",
            "train.objective=vae",
            "train.vae-beta-start=0.01",
            "train.log-every=2",
            "train.evaluate-every=5",
            "train.evaluate-rollouts=1",
            "train.checkpoint-every=3"));
  }

  /** Trains and requests a stop when step {@code at} is reported. Returns the reported steps. */
  private static List<Long> train(RunFolder folder, boolean resumed, long at) {
    List<Long> told = new ArrayList<>();
    try (Experiment experiment = new Experiment(config())) {
      Trainer[] trainer = new Trainer[1];
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void stepped(long done, long total, TrainingStep.Losses losses) {
              told.add(done);
              if (done == at) {
                trainer[0].requestStop();
              }
            }

            @Override
            public void evaluated(long done, Estimate test, boolean best) {
              assertEquals(done, told.get(told.size() - 1), "its losses come before");
            }
          };
      trainer[0] = new Trainer(experiment, folder, listener);
      try (StepRunner steps = experiment.steps(GradientWatch.NONE)) {
        assertFalse(steps.isEager());
      }
      Trainer.Result result = resumed ? trainer[0].resume() : trainer[0].start();
      assertEquals(at < 0, result.finished());
    }
    return told;
  }

  @Test
  void aStoppedRunEndsInTheBytesOfOneThatNeverStopped() throws IOException {
    RunFolder whole = RunFolder.create(runs, "whole");
    assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L), train(whole, false, -1));
    RunFolder stopped = RunFolder.create(runs, "stopped");
    train(stopped, false, 3);
    assertTrue(train(stopped, true, -1).contains((long) STEPS));
    assertEquals(Files.readString(whole.metrics()), Files.readString(stopped.metrics()));
    assertArrayEquals(
        Files.readAllBytes(whole.lastCheckpoint()), Files.readAllBytes(stopped.lastCheckpoint()));
    List<String> lines = Files.readAllLines(whole.metrics());
    String[] steps = {"2", "4", "5", "6", "7", "7"};
    assertEquals(steps.length, lines.size());
    for (int i = 0; i < steps.length; i++) {
      assertTrue(lines.get(i).startsWith("{\"step\":" + steps[i] + ","), lines.get(i));
    }
  }
}
