package hgn.run;

import hgn.files.AtomicFile;
import hgn.files.FolderLock;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of one run, {@code runs/NAME}, and where everything lies in it. */
public final class RunFolder {
  private static final String CHECKPOINTS = "checkpoints";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes the folder of a new run.
   *
   * @param runs folder of all runs, made if it is missing
   * @param name name of the run: letters, digits, dots, dashes and underscores
   * @throws IllegalArgumentException if the name is not of that form
   * @throws StorageException if there is such a run already, or the folder cannot be made
   */
  public static RunFolder create(Path runs, String name) {
    return createIfNew(runs, name)
        .orElseThrow(
            () ->
                new StorageException(
                    runs.resolve(name),
                    "it exists already",
                    "continue it with --resume "
                        + runs.resolve(name)
                        + " or choose another --name"));
  }

  /** The new folder, or empty if there is such a run; of several that try at once one gets it. */
  private static Optional<RunFolder> createIfNew(Path runs, String name) {
    requireName(name);
    Path path = runs.resolve(name);
    try {
      Files.createDirectories(runs);
      try {
        Files.createDirectory(path);
      } catch (FileAlreadyExistsException exists) {
        return Optional.empty();
      }
      Files.createDirectories(path.resolve(CHECKPOINTS));
    } catch (IOException error) {
      throw new StorageException(path, "cannot make the folder", error);
    }
    return Optional.of(new RunFolder(path));
  }

  private static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "--name '" + name + "' must be 1 to 100 letters, digits, dots, dashes or underscores");
    }
  }

  /**
   * The folder of the run of that name, made, or made whole, where it is not.
   *
   * @throws StorageException if it cannot be made
   */
  public static RunFolder openOrCreate(Path runs, String name) {
    requireName(name);
    Path path = runs.resolve(name);
    try {
      Files.createDirectories(path.resolve(CHECKPOINTS));
    } catch (IOException error) {
      throw new StorageException(path, "cannot make the folder", error);
    }
    return new RunFolder(path);
  }

  /**
   * Makes the folder of a new run under the first free name of {@code name}, {@code name-2}, {@code
   * name-3}, ...
   *
   * @throws StorageException if the folder cannot be made
   */
  public static RunFolder createNumbered(Path runs, String name) {
    Optional<RunFolder> made = createIfNew(runs, name);
    for (int number = 2; made.isEmpty(); number++) {
      made = createIfNew(runs, name + "-" + number);
    }
    return made.get();
  }

  /**
   * The folder of a run that exists.
   *
   * @throws StorageException if it does not, or is not the folder of a run
   */
  public static RunFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new StorageException(path, "there is no such run", "check the path, as runs/NAME");
    }
    RunFolder folder = new RunFolder(path);
    if (!Files.isRegularFile(folder.config())) {
      throw new StorageException(
          path, "it is not the folder of a run, config.yaml is missing", "name one as runs/NAME");
    }
    return folder;
  }

  /**
   * Takes the right to write into it, which whoever trains the run must hold; to read needs none.
   *
   * @throws StorageException if another has it, which the message names
   */
  public FolderLock lock() {
    return FolderLock.take(path);
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The whole configuration, YAML. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The metrics, a line of JSON for each logged step. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** When each evaluation was made, a line of JSON for each. */
  public Path times() {
    return path.resolve("times.jsonl");
  }

  /** The folder of the events that TensorBoard shows. */
  public Path events() {
    return path.resolve("tensorboard");
  }

  /** What came out, JSON. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** What was measured afterwards, JSON. */
  public Path evaluation() {
    return path.resolve("evaluation.json");
  }

  /** The same for people, with pictures, HTML. */
  public Path evaluationPage() {
    return path.resolve("evaluation.html");
  }

  /** The loss curves. */
  public Path lossPlot() {
    return path.resolve("loss.png");
  }

  /** Truth beside prediction, frame by frame. */
  public Path filmstrip() {
    return path.resolve("filmstrip.png");
  }

  /** An animation called {@code name}, such as {@code forward}. */
  public Path gif(String name) {
    return path.resolve(name + ".gif");
  }

  /** The newest checkpoint, from which the run continues. */
  public Path lastCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("last.safetensors");
  }

  /** The checkpoint with the smallest test error so far. */
  public Path bestCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("best.safetensors");
  }

  /** The best checkpoint, or the newest where there is no best one yet. */
  public Path preferredCheckpoint() {
    return Files.exists(bestCheckpoint()) ? bestCheckpoint() : lastCheckpoint();
  }

  /**
   * Writes text to one of the files, {@linkplain AtomicFile as a whole}.
   *
   * @throws StorageException if that fails
   */
  public void write(Path file, String text) {
    AtomicFile.write(file, text);
  }

  /** The path. */
  @Override
  public String toString() {
    return path.toString();
  }
}
