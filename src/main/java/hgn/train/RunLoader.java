package hgn.train;

import hgn.config.Config;
import hgn.run.Checkpoint;
import hgn.run.RunConfig;
import hgn.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** Loads trained models. */
public final class RunLoader {
  private RunLoader() {}

  /** Loads a run with its own configuration and best parameters. The caller must close it. */
  public static LoadedRun best(RunFolder folder) {
    Path checkpoint = folder.preferredCheckpoint();
    return load(folder, RunConfig.of(folder, checkpoint, List.of()), checkpoint);
  }

  /** Loads a run under {@code config} with a checkpoint's parameters. The caller must close it. */
  public static LoadedRun load(RunFolder folder, Config config, Path checkpoint) {
    long steps = Checkpoint.position(checkpoint).steps();
    Experiment experiment = new Experiment(config);
    try {
      Checkpoint.readModel(checkpoint, experiment.model().parameters());
      return new LoadedRun(folder, experiment, checkpoint, steps);
    } catch (RuntimeException unusable) {
      experiment.close();
      throw unusable;
    }
  }
}
