package hgn.cli.options;

import hgn.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a training leaves its run, and how it is configured. */
public final class TrainOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of the run (default: what it learns and how, with a number if that is taken).")
  private String name;

  @Option(names = "--runs", paramLabel = "DIR", description = "Folder of all runs (default: runs).")
  private Path runs;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with settings; those it leaves out keep their defaults.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as train.batch=32; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "What computes: cuda, cpu, jvm or auto; the same as --set engine.backend=NAME.")
  private String device;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue the run in this folder from its last checkpoint.")
  private Path resumed;

  /** Settings of the command line, those of {@code --device} behind them. */
  public List<String> settings() {
    List<String> all = new ArrayList<>(settings);
    if (device != null) {
      all.add("engine.backend=" + device);
    }
    return all;
  }

  /** The file with settings, or null. */
  public Path file() {
    return file;
  }

  /** The run to continue, or null to begin one. */
  public Path resumed() {
    return resumed;
  }

  /** A new run's folder: of the name that the user gave, else of {@code usual}, numbered. */
  public RunFolder create(String usual) {
    Path parent = runs == null ? Path.of("runs") : runs;
    return name == null ? RunFolder.createNumbered(parent, usual) : RunFolder.create(parent, name);
  }

  /**
   * Refuses options that say again what a run that is continued has already.
   *
   * @param others further options of this kind that the user gave
   */
  public void requireResumable(CommandSpec spec, List<String> others) {
    List<String> given = new ArrayList<>();
    if (name != null) {
      given.add("--name");
    }
    if (runs != null) {
      given.add("--runs");
    }
    if (file != null) {
      given.add("--config");
    }
    given.addAll(others);
    if (!given.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume takes name, place, configuration and parameters from the run itself; leave out "
              + String.join(", ", given));
    }
  }
}
