package hgn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.frames.Split;
import hgn.nn.Adam;
import hgn.predict.Estimate;
import hgn.ranks.Ranks;
import hgn.run.RunFolder;
import hgn.testing.ThreadRanks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings whose batches are computed in shards, by one rank or several. */
class ShardedTrainingTest {
  private static final String VAE = "train.objective=vae";
  private static final String GECO = "train.objective=geco train.aggregate-weight=0";
  private static final String CLIPPED =
      "train.clip-norm=0.01 train.average=0.9 train.past-frames=3";
  private static final String MEANS = "model.deterministic=true";
  private static final String HNN = "model.family=hnn-conv train.decode-frames=0";

  @TempDir private Path runs;

  private static Config config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "engine.backend=jvm",
                "train.steps=4",
                "train.batch=8",
                "model.frames-in=2",
                "model.frames-out=4",
                "train.decode-frames=2",
                "data.train-rollouts=24",
                "data.test-rollouts=2",
                "data.workers=1",
                "train.log-every=1",
                "train.evaluate-every=2",
                "train.evaluate-rollouts=1",
                "train.checkpoint-every=2"));
    for (String some : settings) {
      all.addAll(List.of(some.split(" ")));
    }
    return ConfigLoader.load(null, all);
  }

  /** Trains on {@code size} ranks; rank 0 asks to stop when step {@code at} is reported. */
  private RunFolder train(int size, RunFolder folder, boolean resumed, long at, Config config) {
    ThreadRanks.run(
        size,
        ranks -> {
          try (Experiment experiment = new Experiment(config)) {
            RankAgreement.require(ranks, "the same", config);
            if (ranks.isFirst()) {
              Trainer trainer = trainer(experiment, folder, ranks, at);
              return resumed ? trainer.resume() : trainer.start();
            }
            new Follower(experiment, ranks).run();
            return null;
          }
        });
    return folder;
  }

  private static Trainer trainer(Experiment experiment, RunFolder folder, Ranks ranks, long at) {
    Trainer[] trainer = new Trainer[1];
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(long done, long total, TrainingStep.Losses losses) {
            if (done == at) {
              trainer[0].requestStop();
            }
          }

          @Override
          public void evaluated(long done, Estimate validation, boolean best) {
            // the checkpoints are compared
          }
        };
    trainer[0] = new Trainer(experiment, folder, listener, ranks);
    return trainer[0];
  }

  private static void assertSameRun(RunFolder expected, RunFolder actual) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(expected.lastCheckpoint()), Files.readAllBytes(actual.lastCheckpoint()));
    assertArrayEquals(
        Files.readAllBytes(expected.bestCheckpoint()), Files.readAllBytes(actual.bestCheckpoint()));
    assertEquals(Files.readString(expected.metrics()), Files.readString(actual.metrics()));
  }

  @ParameterizedTest
  @ValueSource(strings = {VAE, GECO, CLIPPED, MEANS, HNN})
  void theCheckpointHasTheSameBytesOnAnyNumberOfRanks(String variant) throws IOException {
    Config config = config("train.shards=4", variant);
    RunFolder alone = train(1, RunFolder.create(runs, "1"), false, -1, config);
    for (int size : new int[] {2, 4}) {
      assertSameRun(alone, train(size, RunFolder.create(runs, "" + size), false, -1, config));
    }
  }

  @Test
  void aRunResumesOnAnotherNumberOfRanks() throws IOException {
    Config config = config("train.shards=4", VAE, CLIPPED);
    RunFolder alone = train(1, RunFolder.create(runs, "alone"), false, -1, config);
    RunFolder moved = RunFolder.create(runs, "moved");
    train(4, moved, false, 1, config);
    train(1, moved, true, 3, config);
    train(2, moved, true, -1, config);
    assertSameRun(alone, moved);
  }

  @Test
  void allStopAfterTheSameStepWhoeverIsAsked() throws IOException {
    Config config = config("train.shards=2");
    RunFolder folder = RunFolder.create(runs, "stopped");
    List<Long> steps =
        ThreadRanks.run(
            2,
            ranks -> {
              try (Experiment experiment = new Experiment(config)) {
                if (ranks.isFirst()) {
                  return trainer(experiment, folder, ranks, -1).start().steps();
                }
                Follower follower = new Follower(experiment, ranks);
                follower.requestStop();
                follower.run();
                return experiment.adam().steps();
              }
            });
    assertEquals(List.of(1L, 1L), steps);
  }

  /** First moments after one step: gradients, but for a factor. */
  private static List<double[]> moments(Config config) {
    try (Experiment experiment = new Experiment(config);
        StepSequence steps = experiment.training(0, GradientWatch.NONE, Ranks.alone())) {
      steps.run(0, false);
      return experiment.adam().slots().stream()
          .map(Adam.Slot::first)
          .map(moment -> moment.toDoubles())
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {VAE, GECO, CLIPPED, MEANS, HNN})
  void shardsHaveTheGradientsOfTheWhole(String variant) {
    List<double[]> whole = moments(config(variant));
    List<double[]> sharded = moments(config("train.shards=8", variant));
    for (int i = 0; i < whole.size(); i++) {
      double largest = Arrays.stream(whole.get(i)).map(Math::abs).max().orElseThrow();
      assertArrayEquals(whole.get(i), sharded.get(i), 2e-4 * largest + 1e-9, "parameter " + i);
    }
  }

  @Test
  void aNumberThatIsNotFiniteStopsAllAndIsLocated() {
    Config config = config("train.shards=4");
    List<String> stopped =
        ThreadRanks.run(
            2,
            ranks -> {
              try (Experiment experiment = new Experiment(config)) {
                List<Batch> shards = new ArrayList<>();
                for (int shard = 2 * ranks.rank(); shard < 2 * ranks.rank() + 2; shard++) {
                  BatchMaker maker =
                      BatchMaker.ofFrames(experiment.films(Split.TRAIN), experiment.window());
                  shards.add(maker.make(new long[] {shard, shard + 1}, new int[] {0, 2}));
                }
                if (ranks.rank() == 1) {
                  shards.get(1).clips()[5] = Float.NaN;
                }
                try (ShardedStep step =
                    new ShardedStep(experiment.step(), ranks, 4, Optional.empty())) {
                  Exception found =
                      assertThrows(NonFiniteException.class, () -> step.run(shards, 7, false));
                  assertEquals(0, experiment.adam().steps());
                  return found.getMessage();
                }
              }
            });
    assertEquals(stopped.get(0), stopped.get(1));
    assertEquals(
        "step 7: the reconstruction error (MSE) is not finite (NaN), first on rank 1 on thread1",
        stopped.get(0));
  }

  @Test
  void ranksThatCannotShareAreRefused() {
    Exception refused =
        assertThrows(
            ConfigException.class,
            () ->
                ThreadRanks.run(
                    4,
                    ranks -> {
                      RankAgreement.require(ranks, "the same", config("train.shards=2"));
                      return null;
                    }));
    assertEquals(
        "4 ranks cannot share train.shards = 2 evenly; set train.shards to 4 or a multiple that is"
            + " a power of two",
        refused.getMessage());
  }

  @Test
  void ranksWithOtherSettingsOrProgramsAreRefused() {
    Exception other =
        assertThrows(
            ConfigException.class,
            () ->
                ThreadRanks.run(
                    2,
                    ranks -> {
                      Config config = config("train.shards=2", "train.seed=" + ranks.rank());
                      RankAgreement.require(ranks, "the same", config);
                      return null;
                    }));
    assertEquals(
        "the configuration of rank 1 on thread1 is not that of rank 0: train.seed (was 0, now 1);"
            + " give all ranks the same command line and files",
        other.getMessage());
    Exception program =
        assertThrows(
            ConfigException.class,
            () ->
                ThreadRanks.run(
                    2,
                    ranks -> {
                      RankAgreement.require(ranks, "v" + ranks.rank(), config("train.shards=2"));
                      return null;
                    }));
    assertEquals(
        "rank 1 on thread1 is v1, but rank 0 is v0; start the same jar on all hosts, with the same"
            + " engine.threads and, where processors differ, -Dhgn.isa",
        program.getMessage());
  }
}
