package hgn.reproduce;

import hgn.files.StorageException;
import hgn.tensor.DeviceException;
import hgn.train.Checkpoint;
import hgn.train.CheckpointException;
import hgn.train.Experiment;
import hgn.train.NonFiniteException;
import hgn.train.RunFolder;
import hgn.train.Trainer;
import hgn.train.TrainingListener;
import hgn.train.config.Config;
import hgn.train.config.ConfigException;
import hgn.train.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes trainings one after the other, each in a folder of its own under one for all, and measures
 * what came out.
 *
 * <p>It may be stopped at any time and called again: what is finished is kept, what was begun goes
 * on from its checkpoint. A training that fails does not stop the others, and is tried again in the
 * next call.
 */
public final class Campaign {
  private final Path runs;
  private final Measurement measurement;
  private final CampaignListener listener;
  private volatile boolean stopRequested;
  private volatile Trainer current;

  /** Measures a trained model; gives values by name. */
  @FunctionalInterface
  public interface Measurement {
    /** What there is to say of the model that {@code experiment} holds. */
    Map<String, Double> of(Experiment experiment);
  }

  /** A campaign whose runs lie in {@code runs}. */
  public Campaign(Path runs, Measurement measurement, CampaignListener listener) {
    this.runs = runs;
    this.measurement = measurement;
    this.listener = listener;
  }

  /** Asks it to save and stop; any thread may. */
  public void requestStop() {
    stopRequested = true;
    Trainer trainer = current;
    if (trainer != null) {
      trainer.requestStop();
    }
  }

  /**
   * Makes all trainings that are not made.
   *
   * @return how each ended, in order; empty if it was stopped
   * @throws StorageException if the disk fails, which would fail every other training too
   */
  public Optional<List<Outcome>> run(List<Training> trainings) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < trainings.size(); i++) {
      Optional<Outcome> outcome = run(trainings.get(i), i + 1, trainings.size());
      if (outcome.isEmpty()) {
        return Optional.empty();
      }
      outcomes.add(outcome.get());
    }
    return Optional.of(outcomes);
  }

  private Optional<Outcome> run(Training training, int number, int count) {
    if (stopRequested) {
      return Optional.empty();
    }
    Optional<Outcome> earlier = finished(training);
    if (earlier.isPresent()) {
      listener.skipped(training);
      return earlier;
    }
    Outcome outcome;
    try {
      outcome = make(training, number, count);
    } catch (NonFiniteException
        | DeviceException
        | ConfigException
        | CheckpointException
        | IllegalArgumentException failed) {
      outcome = new Outcome(training, null, Map.of(), failed.getMessage());
    }
    if (outcome == null) {
      return Optional.empty();
    }
    listener.ended(outcome);
    return Optional.of(outcome);
  }

  /** Trains and measures; null if it was stopped on the way. */
  private Outcome make(Training training, int number, int count) {
    Config config = ConfigLoader.load(null, training.settings());
    RunFolder folder = RunFolder.openOrCreate(runs, training.name());
    requireSame(config, folder);
    try (Experiment experiment = new Experiment(config)) {
      TrainingListener steps = listener.training(number, count, training, experiment);
      Trainer trainer = new Trainer(experiment, folder, steps);
      current = trainer;
      if (stopRequested) {
        return null;
      }
      Trainer.Result result =
          Files.exists(folder.lastCheckpoint()) ? trainer.resume() : trainer.start();
      current = null;
      if (!result.finished()) {
        return null;
      }
      Map<String, Double> values = measurement.of(experiment);
      Measurements.write(folder, result.steps(), values);
      return new Outcome(training, folder, values, null);
    }
  }

  private static void requireSame(Config config, RunFolder folder) {
    if (!Files.exists(folder.lastCheckpoint())) {
      return;
    }
    List<String> changes = config.fixedChanges(ConfigLoader.ofRun(folder.config(), List.of()));
    if (!changes.isEmpty()) {
      throw new ConfigException(
          folder.path()
              + " holds a run of another configuration: "
              + String.join(", ", changes)
              + "; remove it or choose another --out");
    }
  }

  private Optional<Outcome> finished(Training training) {
    Path path = runs.resolve(training.name());
    if (!Files.isRegularFile(path.resolve("config.yaml"))) {
      return Optional.empty();
    }
    RunFolder folder = RunFolder.open(path);
    try {
      Config config = ConfigLoader.load(null, training.settings());
      requireSame(config, folder);
      Checkpoint.Position position = Checkpoint.position(folder.lastCheckpoint());
      return position.isEnd(config)
          ? Measurements.read(folder, position.steps())
              .map(values -> new Outcome(training, folder, values, null))
          : Optional.empty();
    } catch (CheckpointException | ConfigException unusable) {
      return Optional.empty(); // making it will say why
    }
  }
}
