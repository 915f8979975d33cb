package hgn.cli.options;

import hgn.config.Config;
import hgn.data.FilmSettings;
import hgn.run.RunConfig;
import hgn.run.RunFolder;
import hgn.train.LoadedRun;
import hgn.train.RunLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command line arguments that select a trained model and a backend. */
public final class RunArguments {
  private static final String BEST = "best";
  private static final String LAST = "last";

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Folder of a run of 'train', such as runs/mass-spring-quick.")
  private Path run;

  @Option(
      names = "--checkpoint",
      paramLabel = "best|last|FILE",
      description =
          "Checkpoint (default: best, or last if there is no best yet; for sample:" + " last).")
  private String checkpoint;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "Backend: cuda, cpu, jvm or auto (default: that of the run).")
  private String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the backend (default: that of the run).")
  private String threads;

  @Option(
      names = "--films",
      paramLabel = "PATH",
      description = "Location of the run's films, if they have moved.")
  private Path films;

  /**
   * Loads the configuration and parameters, by default the last. The best ones are best at
   * reconstruction, but the prior improves until the end.
   */
  public LoadedRun loadLast() {
    checkpoint = checkpoint == null ? LAST : checkpoint;
    return load();
  }

  /** Loads the configuration and the parameters. */
  public LoadedRun load() {
    List<String> settings = new ArrayList<>();
    if (backend != null) {
      settings.add("engine.backend=" + backend);
    }
    if (threads != null) {
      settings.add("engine.threads=" + threads);
    }
    if (films != null) {
      settings.add("data.films=" + FilmSettings.quoted(films.toString()));
    }
    return load(run, checkpoint, settings);
  }

  /**
   * Loads the configuration of a run, overridden by settings, and parameters.
   *
   * @param checkpoint best, last or a file; null for the best, or the last if there is no best
   */
  public static LoadedRun load(Path run, String checkpoint, List<String> settings) {
    RunFolder folder = RunFolder.open(run);
    Path file = file(folder, checkpoint);
    Config config = RunConfig.of(folder, file, settings);
    Engine.prepare(config.engine());
    return RunLoader.load(folder, config, file);
  }

  private static Path file(RunFolder folder, String checkpoint) {
    if (checkpoint == null) {
      return folder.preferredCheckpoint();
    }
    return switch (checkpoint) {
      case BEST -> folder.bestCheckpoint();
      case LAST -> folder.lastCheckpoint();
      default -> Path.of(checkpoint);
    };
  }
}
