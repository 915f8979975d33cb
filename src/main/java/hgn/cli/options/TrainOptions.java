package hgn.cli.options;

import hgn.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options for the output and the configuration of training. */
public final class TrainOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the run (default: system and model, with a number if that is taken).")
  private String name;

  @Option(names = "--runs", paramLabel = "DIR", description = "Folder of all runs (default: runs).")
  private Path runs;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with settings; missing ones keep their defaults.")
  private Path file;

  @Mixin private SettingOptions settings;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Continue the run in this folder from its last checkpoint.")
  private Path resumed;

  /** Settings of the command line, followed by that of {@code --device}. */
  public List<String> settings() {
    return settings.all();
  }

  /** The file with settings, or null. */
  public Path file() {
    return file;
  }

  /** The run to resume, or null to start one. */
  public Path resumed() {
    return resumed;
  }

  /**
   * Creates a new run's folder with the given name, or else with {@code usual} and a number if
   * needed.
   */
  public RunFolder create(String usual) {
    Path parent = runs == null ? Path.of("runs") : runs;
    return name == null ? RunFolder.createNumbered(parent, usual) : RunFolder.create(parent, name);
  }

  /**
   * Rejects options that conflict with a resumed run.
   *
   * @param others further options of this kind that were given
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
          "--resume takes name, folder, configuration and parameters from the run itself; leave out "
              + String.join(", ", given));
    }
  }
}
