package hgn.reproduce;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.evaluate.EvaluationFile;
import hgn.files.FolderLock;
import hgn.files.LockHolder;
import hgn.run.Checkpoint;
import hgn.run.RunConfig;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the state of a training from its run folder, even while another process writes to it. */
final class TrainingFolder {
  private final Path runs;
  private final Training training;

  /** Creates the reader; the folder need not exist. */
  TrainingFolder(Path runs, Training training) {
    this.runs = runs;
    this.training = training;
  }

  /** The folder. */
  Path path() {
    return runs.resolve(training.name());
  }

  /** The outcome, if the training is finished and measured. */
  Optional<Outcome> outcome() {
    Optional<RunFolder> begun = RunFolder.openBegun(path());
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    RunFolder folder = begun.get();
    try {
      Config config = config();
      requireSame(config, folder);
      Checkpoint.Position position = Checkpoint.position(folder.lastCheckpoint());
      return position.isEnd(config)
          ? EvaluationFile.read(folder, position.steps())
              .map(values -> new Outcome(training, folder, values, null))
          : Optional.empty();
    } catch (CheckpointException | ConfigException unusable) {
      return Optional.empty(); // reported when it is run
    }
  }

  /** The status of the training. */
  TrainingStatus status() {
    long total = config().totalSteps();
    if (outcome().isPresent()) {
      return TrainingStatus.done(training, total);
    }
    Optional<LockHolder> holder = FolderLock.holder(path());
    if (holder.isPresent()) {
      return TrainingStatus.locked(training, total, holder.get());
    }
    try {
      Optional<RunFolder> begun = RunFolder.openBegun(path());
      if (begun.isEmpty()) {
        return TrainingStatus.notBegun(training, total);
      }
      RunFolder folder = begun.get();
      requireSame(config(), folder);
      return TrainingStatus.begun(
          training, total, Checkpoint.position(folder.lastCheckpoint()).steps());
    } catch (CheckpointException | ConfigException unusable) {
      return TrainingStatus.unusable(training, total, unusable.getMessage());
    }
  }

  private Config config() {
    return ConfigLoader.load(null, training.settings());
  }

  /**
   * Checks that a run was started with these settings.
   *
   * @throws ConfigException if not
   */
  static void requireSame(Config config, RunFolder folder) {
    if (!Files.exists(folder.lastCheckpoint())) {
      return;
    }
    List<String> changes =
        config.fixedChanges(RunConfig.of(folder, folder.lastCheckpoint(), List.of()));
    if (!changes.isEmpty()) {
      throw new ConfigException(
          folder.path()
              + " holds a run of another configuration: "
              + String.join(", ", changes)
              + "; remove it or choose another --out");
    }
  }
}
