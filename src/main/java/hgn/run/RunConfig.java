package hgn.run;

import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import java.io.IOException;
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
    if (isInside(folder.path(), checkpoint)) {
      requireUnchanged(folder.config(), written, checkpoint, Checkpoint.config(checkpoint));
    }
    return settings.isEmpty() ? written : ConfigLoader.ofRun(folder.config(), settings);
  }

  /** Whether a file is in a folder, by its name or, if there are links, in truth. */
  private static boolean isInside(Path folder, Path file) {
    if (file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize())) {
      return true;
    }
    try {
      return file.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException missing) {
      return false; // whoever reads it says so
    }
  }

  /**
   * Checks that the file of a run says what a checkpoint was made with.
   *
   * @param file the file
   * @param written what it says: a {@link Config}, or that of a flow
   * @param stored what the checkpoint says, YAML; blank if it says nothing
   * @throws ConfigException if not, other than in keys that a resumed run may change
   */
  public static void requireUnchanged(Path file, Record written, Path checkpoint, String stored) {
    if (stored.isBlank()) {
      return;
    }
    List<String> changes = ConfigLoader.fixedChanges(stored, checkpoint.toString(), written);
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
