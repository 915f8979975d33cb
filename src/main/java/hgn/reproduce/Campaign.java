package hgn.reproduce;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.data.FilmSettings;
import hgn.evaluate.EvaluationFile;
import hgn.files.FolderLock;
import hgn.files.StorageException;
import hgn.films.source.FilmProgress;
import hgn.run.RunFolder;
import hgn.safetensors.CheckpointException;
import hgn.tensor.DeviceException;
import hgn.tensorboard.TrainingEvents;
import hgn.train.Experiment;
import hgn.train.NonFiniteException;
import hgn.train.Trainer;
import hgn.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs trainings in sequence, each in its own run folder, and measures the results.
 *
 * <p>A campaign may be stopped at any time and restarted: finished trainings are kept, unfinished
 * ones resume from their checkpoints. A failed training does not stop the others and is retried in
 * the next call.
 *
 * <p>Several processes, even on several hosts, may share a folder: a training is run by the process
 * that holds its {@linkplain FolderLock lock}. Locked trainings are postponed, and taken over if
 * their process dies. A call returns when all trainings are done. A training that failed elsewhere
 * is retried once from its last checkpoint, since this host may succeed.
 */
public final class Campaign {
  private static final long SECONDS_BETWEEN_LOOKS = 3;

  private final Path runs;
  private final Measurement measurement;
  private final CampaignListener listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Set<Training> seenElsewhere = new HashSet<>();
  private volatile Trainer current;

  /** Measures a trained model. */
  @FunctionalInterface
  public interface Measurement {
    /** Returns measured values of the model in {@code experiment}, by name. */
    Map<String, Double> of(Experiment experiment);
  }

  /** Creates a campaign with its run folders in {@code runs}. */
  public Campaign(Path runs, Measurement measurement, CampaignListener listener) {
    this.runs = runs;
    this.measurement = measurement;
    this.listener = listener;
  }

  /** Requests it to save and stop. May be called from any thread. */
  public void requestStop() {
    stop.countDown();
    Trainer trainer = current;
    if (trainer != null) {
      trainer.requestStop();
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }

  /**
   * Runs all unfinished trainings and waits for those of other processes.
   *
   * @return the outcomes in order; empty if stopped
   * @throws StorageException if the disk fails, which would affect every other training too
   */
  public Optional<List<Outcome>> run(List<Training> trainings) {
    Map<Training, Outcome> ended = new HashMap<>();
    Set<Training> left = new LinkedHashSet<>(trainings);
    boolean waits = false;
    while (!left.isEmpty()) {
      int before = left.size();
      for (Training training : List.copyOf(left)) {
        if (isStopped()) {
          return Optional.empty();
        }
        int number = trainings.size() - left.size() + 1;
        run(training, number, trainings.size(), FolderLock::tryTake)
            .ifPresent(outcome -> ended.put(training, outcome));
        left.removeAll(ended.keySet());
      }
      if (left.size() < before) {
        waits = false;
      } else {
        if (!waits && !isStopped()) {
          listener.waiting(left.size());
        }
        waits = true;
        pause();
      }
    }
    return Optional.of(trainings.stream().map(ended::get).toList());
  }

  /**
   * Runs one training unless it is finished.
   *
   * @return the outcome; empty if stopped
   * @throws StorageException if another process is running it, or the disk fails
   */
  public Optional<Outcome> runOnly(Training training) {
    return run(training, 1, 1, folder -> Optional.of(FolderLock.take(folder)));
  }

  private void pause() {
    try {
      stop.await(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  /** Runs a training; empty if it was stopped or is locked by another process. */
  private Optional<Outcome> run(
      Training training, int number, int count, Function<Path, Optional<FolderLock>> locking) {
    TrainingFolder place = new TrainingFolder(runs, training);
    Optional<Outcome> earlier = place.outcome();
    if (earlier.isPresent()) {
      listener.skipped(training);
      return earlier;
    }
    Outcome outcome;
    try {
      Config config = FilmSettings.load(null, training.settings(), FilmProgress.SILENT);
      RunFolder folder = RunFolder.openOrCreate(runs, training.name());
      Optional<FolderLock> free = locking.apply(folder.path());
      if (free.isEmpty()) {
        leave(training, folder);
        return Optional.empty();
      }
      try (FolderLock lock = free.get()) {
        earlier = place.outcome(); // another process may have finished it before releasing the lock
        if (earlier.isPresent()) {
          listener.skipped(training);
          return earlier;
        }
        outcome = make(training, config, folder, number, count);
      }
    } catch (NonFiniteException
        | DeviceException
        | ConfigException
        | CheckpointException
        | IllegalArgumentException failed) {
      place.fail(failed.getMessage());
      outcome = new Outcome(training, null, Map.of(), failed.getMessage());
    }
    if (outcome == null) {
      return Optional.empty();
    }
    listener.ended(outcome);
    return Optional.of(outcome);
  }

  /** Postpones a locked training, and reports this once. */
  private void leave(Training training, RunFolder folder) {
    if (seenElsewhere.add(training)) {
      FolderLock.holder(folder.path()).ifPresent(holder -> listener.elsewhere(training, holder));
    }
  }

  /** Trains and measures; null if stopped. */
  private Outcome make(Training training, Config config, RunFolder folder, int number, int count) {
    TrainingFolder.requireSame(config, folder);
    try (Experiment experiment = new Experiment(config);
        TrainingEvents events = new TrainingEvents(experiment, folder, listener::warned)) {
      TrainingListener steps = listener.training(number, count, training, experiment);
      Trainer trainer = new Trainer(experiment, folder, TrainingListener.all(steps, events));
      current = trainer;
      if (isStopped()) {
        return null;
      }
      Trainer.Result result =
          Files.exists(folder.lastCheckpoint()) ? trainer.resume() : trainer.start();
      current = null;
      if (!result.finished()) {
        return null;
      }
      TrainingFolder.forgetFailure(folder);
      Map<String, Double> values = measurement.of(experiment);
      EvaluationFile.write(folder, result.steps(), values);
      return new Outcome(training, folder, values, null);
    }
  }
}
