package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.run.Checkpoint;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import hgn.testing.Throws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules, averages and early stopping in whole runs. */
class ScheduledTrainingTest {
  @TempDir Path runs;

  private static Config config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train.steps=6",
                "train.batch=2",
                "model.frames-in=2",
                "model.frames-out=3",
                "data.train-rollouts=5",
                "train.decode-frames=0",
                "train.log-every=1",
                "train.evaluate-every=2",
                "train.evaluate-rollouts=2",
                "train.checkpoint-every=3",
                "train.schedule=cosine",
                "train.warmup=2",
                "train.clip-norm=0.01",
                "train.average=0.9",
                "train.objective=vae",
                "train.vae-beta-start=0.01"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(null, all);
  }

  private RunFolder train(String name, Config config, long stopAt) {
    RunFolder folder = RunFolder.create(runs, name);
    try (Experiment experiment = new Experiment(config)) {
      Trainer[] trainer = new Trainer[1];
      TrainingListener stops =
          new TrainingListener() {
            @Override
            public void stepped(long done, long total, TrainingStep.Losses losses) {
              if (done == stopAt) {
                trainer[0].requestStop();
              }
            }

            @Override
            public void evaluated(long done, Estimate validation, boolean best) {
              // not needed
            }
          };
      trainer[0] = new Trainer(experiment, folder, stops);
      assertEquals(stopAt < 0, trainer[0].start().finished());
    }
    return folder;
  }

  private static Trainer.Result resume(RunFolder folder, Config config) {
    try (Experiment experiment = new Experiment(config)) {
      return new Trainer(experiment, folder, TrainingListener.SILENT).resume();
    }
  }

  @Test
  void aStoppedRunEndsInTheBytesOfOneThatNeverStopped() throws IOException {
    RunFolder whole = train("whole", config(), -1);
    for (int at = 1; at < 6; at++) {
      RunFolder stopped = train("stopped-" + at, config(), at);
      assertTrue(resume(stopped, config()).finished());
      assertEquals(Files.readString(whole.metrics()), Files.readString(stopped.metrics()));
      assertArrayEquals(
          Files.readAllBytes(whole.lastCheckpoint()), Files.readAllBytes(stopped.lastCheckpoint()));
      assertArrayEquals(
          Files.readAllBytes(whole.bestCheckpoint()), Files.readAllBytes(stopped.bestCheckpoint()));
    }
    String metrics = Files.readString(whole.metrics());
    assertTrue(metrics.contains("\"gradient_norm\":"), metrics);
    assertTrue(
        metrics.contains("\"lambda\":0.0099999"), "the weight at the first step: " + metrics);
  }

  @Test
  void aFinishedTrainingHoldsTheBestOfWhatWasEvaluated() {
    Config config = config();
    RunFolder folder = train("whole", config, -1);
    try (Experiment loaded = new Experiment(config);
        Experiment trained = new Experiment(config)) {
      Trainer.Result result = new Trainer(trained, folder, TrainingListener.SILENT).resume();
      Checkpoint.readModel(folder.bestCheckpoint(), loaded.model().parameters());
      Evaluator validation = new Evaluator(loaded.validation(), loaded.window(), 2);
      assertEquals(result.bestMse(), validation.reconstruction(loaded.predictor(), 2).mean());
      assertEquals(result.bestMse(), validation.reconstruction(trained.predictor(), 2).mean());
    }
  }

  /** The last checkpoint has both; a model loaded from it has the average. */
  @Test
  void averagesAreKeptBesideTheParameters() {
    Config config = config();
    RunFolder folder = train("whole", config, -1);
    try (Experiment resumed = new Experiment(config);
        Experiment read = new Experiment(config)) {
      Checkpoint.read(
          folder.lastCheckpoint(),
          resumed.model().parameters(),
          resumed.adam(),
          resumed.weighting(),
          resumed.average());
      Checkpoint.readModel(folder.lastCheckpoint(), read.model().parameters());
      String name = "decoder.out.weight";
      double[] parameter = resumed.model().parameters().get(name).value().toDoubles();
      double[] averaged = read.model().parameters().get(name).value().toDoubles();
      assertFalse(Arrays.equals(parameter, averaged));
      double[] kept =
          resumed.average().orElseThrow().slots().stream()
              .filter(slot -> slot.parameter().name().equals(name))
              .findFirst()
              .orElseThrow()
              .average()
              .toDoubles();
      assertArrayEquals(kept, averaged, 0);
    }
  }

  @Test
  void averagesThatARunDoesNotHaveCannotBeResumed() {
    RunFolder folder = train("plain", config("train.average=0"), 3);
    Throws.naming(CheckpointException.class, () -> resume(folder, config()), "average/");
  }

  @Test
  void trainingEndsWhenTheErrorNoLongerFalls() {
    // a tiny rate: no evaluation beats the first by more than rounding
    Config config =
        config(
            "train.steps=100",
            "train.learning-rate=1e-30",
            "train.average=0",
            "train.evaluate-every=1",
            "train.patience=3");
    RunFolder folder = RunFolder.create(runs, "patient");
    try (Experiment experiment = new Experiment(config)) {
      Trainer.Result result = new Trainer(experiment, folder, TrainingListener.SILENT).start();
      assertTrue(result.finished());
      assertEquals(1, result.bestStep());
      assertEquals(4, result.steps());
    }
    Trainer.Result again = resume(folder, config);
    assertTrue(again.finished());
    assertEquals(4, again.steps(), "it is at its end");
    Config longer = config("train.steps=6", "train.learning-rate=1e-30", "train.average=0");
    assertEquals(6, resume(folder, longer).steps(), "without patience it goes on");
  }

  /** Validation rollouts come from the training set but are not trained on. */
  @Test
  void validationRolloutsFollowThoseOfTraining() {
    Config config = config("data.train-rollouts=5");
    try (Experiment experiment = new Experiment(config)) {
      float[] expected = experiment.rollouts(Split.TRAIN).generate(5 + 2).frames();
      Rollouts validation = experiment.validation();
      float[] chosenBy = new float[validation.rolloutLength()];
      validation.render(2, chosenBy, 0);
      assertArrayEquals(expected, chosenBy);
      float[] trained = experiment.rollouts(Split.TRAIN).generate(2).frames();
      assertFalse(Arrays.equals(trained, expected));
      float[] detour = validation.film(2, 1, 0.25, 2).orElseThrow();
      float[] same = experiment.rollouts(Split.TRAIN).through(7, 1, 0.25, 2).frames();
      assertArrayEquals(same, detour);
    }
  }
}
