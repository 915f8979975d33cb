package hgn.run;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import java.nio.file.Path;
import java.util.List;

/** The configuration of a run: its file, held against what the checkpoint was made with. */
public final class RunConfig {
  private RunConfig() {}

  /**
   * Returns the configuration under which a checkpoint of a run is used.
   *
   * @param checkpoint whose parameters are used; one from outside the run's folder is the user's
   *     own business and not compared
   * @param settings {@code section.key=value}; these override the file
   * @throws ConfigException if the file was changed or emptied since, other than in {@link
   *     Config#FREE_KEYS}
   */
  public static Config of(RunFolder folder, Path checkpoint, List<String> settings) {
    Config written = ConfigLoader.ofRun(folder.config(), List.of());
    Path inside = folder.path().toAbsolutePath().normalize();
    if (checkpoint.toAbsolutePath().normalize().startsWith(inside)) {
      requireUnchanged(folder.config(), written, checkpoint);
    }
    return settings.isEmpty() ? written : ConfigLoader.ofRun(folder.config(), settings);
  }

  private static void requireUnchanged(Path file, Config written, Path checkpoint) {
    String stored = Checkpoint.config(checkpoint);
    if (stored.isBlank()) {
      return; // a checkpoint that says nothing
    }
    List<String> changes = written.fixedChanges(ConfigLoader.ofText(stored, checkpoint.toString()));
    if (!changes.isEmpty()) {
      throw new ConfigException(
          file
              + " was changed since "
              + checkpoint
              + " was made: "
              + String.join(", ", changes)
              + "; set it back, or start a new run with other settings");
    }
  }
}
