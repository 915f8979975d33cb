package hgn.reproduce;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.data.FilmSettings;
import hgn.evaluate.EvaluationFile;
import hgn.files.AtomicFile;
import hgn.files.FolderLock;
import hgn.files.LockHolder;
import hgn.files.OneLine;
import hgn.files.StorageException;
import hgn.films.source.FilmProgress;
import hgn.run.Checkpoint;
import hgn.run.RunConfig;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import java.io.IOException;
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
      Optional<String> failure = failure(folder);
      if (failure.isPresent()) {
        return TrainingStatus.failed(training, total, failure.get());
      }
      return TrainingStatus.begun(
          training, total, Checkpoint.position(folder.lastCheckpoint()).steps());
    } catch (CheckpointException | ConfigException unusable) {
      return TrainingStatus.unusable(training, total, unusable.getMessage());
    }
  }

  /** Notes why the training failed, if it has a folder. */
  void fail(String reason) {
    RunFolder.openBegun(path()).ifPresent(folder -> AtomicFile.write(folder.failure(), reason));
  }

  /** Removes the note about an earlier failure. */
  static void forgetFailure(RunFolder folder) {
    try {
      Files.deleteIfExists(folder.failure());
    } catch (IOException error) {
      throw new StorageException(folder.failure(), "cannot be removed", error);
    }
  }

  private static Optional<String> failure(RunFolder folder) {
    try {
      return Files.exists(folder.failure())
          ? Optional.of(OneLine.whole(Files.readString(folder.failure())))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of("unknown: " + folder.failure() + " cannot be read");
    }
  }

  private Config config() {
    return FilmSettings.load(null, training.settings(), FilmProgress.SILENT);
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
