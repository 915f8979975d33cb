package hgn.run;

import hgn.files.AtomicFile;
import hgn.files.FolderLock;
import hgn.files.StorageException;
import hgn.text.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of one run, {@code runs/NAME}, and the paths of its files. */
public final class RunFolder {
  private static final String CHECKPOINTS = "checkpoints";

  /** What a run has written before its first checkpoint. */
  private static final Set<String> BEFORE_FIRST_CHECKPOINT = Set.of("config.yaml", "lock");

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Creates the folder of a new run, or takes one over in which a run was killed before its first
   * checkpoint.
   *
   * @param runs folder of all runs, created if missing
   * @param name name of the run: letters, digits, dots, dashes and underscores
   * @throws IllegalArgumentException if the name has another form
   * @throws StorageException if the run exists already, or the folder cannot be created
   */
  public static RunFolder create(Path runs, String name) {
    return createIfNew(runs, name)
        .or(() -> unbegun(runs.resolve(name)))
        .orElseThrow(
            () ->
                new StorageException(
                    runs.resolve(name),
                    "it exists already",
                    "continue it with --resume "
                        + Shell.quote(runs.resolve(name).toString())
                        + " or choose another --name"));
  }

  private static Optional<RunFolder> unbegun(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!folder.isUnbegun()) {
      return Optional.empty();
    }
    folder.makeCheckpoints();
    return Optional.of(folder);
  }

  /**
   * Whether a run was killed here before its first checkpoint, and nothing else is in the folder.
   */
  private boolean isUnbegun() {
    boolean isOfUser = Files.exists(config()) && !Files.isDirectory(path.resolve(CHECKPOINTS));
    try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      return !isOfUser
          && files
              .filter(file -> !Files.isDirectory(file))
              .allMatch(
                  file ->
                      BEFORE_FIRST_CHECKPOINT.contains(path.relativize(file).toString())
                          || AtomicFile.isUnfinished(file));
    } catch (IOException | UncheckedIOException unreadable) {
      return false;
    }
  }

  /** Creates the folder atomically; empty if the run exists already. */
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
   * Opens the folder of the run, or creates what is missing of it.
   *
   * @throws StorageException if it cannot be created
   */
  public static RunFolder openOrCreate(Path runs, String name) {
    requireName(name);
    Path path = runs.resolve(name);
    RunFolder folder = new RunFolder(path);
    folder.makeCheckpoints();
    return folder;
  }

  private void makeCheckpoints() {
    try {
      Files.createDirectories(path.resolve(CHECKPOINTS));
    } catch (IOException error) {
      throw new StorageException(path, "cannot make the folder", error);
    }
  }

  /**
   * Creates the folder of a new run under the first free name of {@code name}, {@code name-2},
   * {@code name-3}, ...
   *
   * @throws StorageException if the folder cannot be created
   */
  public static RunFolder createNumbered(Path runs, String name) {
    Optional<RunFolder> made = createIfNew(runs, name);
    for (int number = 2; made.isEmpty(); number++) {
      made = createIfNew(runs, name + "-" + number);
    }
    return made.get();
  }

  /** Opens the folder of a run that can be resumed; empty if it has no checkpoint yet. */
  public static Optional<RunFolder> openBegun(Path path) {
    RunFolder folder = new RunFolder(path);
    boolean begun =
        Files.isRegularFile(folder.config()) && Files.isRegularFile(folder.lastCheckpoint());
    return begun ? Optional.of(folder) : Optional.empty();
  }

  /**
   * Opens the folder of an existing run.
   *
   * @throws StorageException if it does not exist, is not the folder of a run, or the run was
   *     killed before its first checkpoint
   */
  public static RunFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new StorageException(path, "there is no such run", "check the path, as runs/NAME");
    }
    RunFolder folder = new RunFolder(path);
    if (folder.isUnbegun() && Files.isDirectory(path.resolve(CHECKPOINTS))) {
      throw new StorageException(
          path,
          "it was stopped before its first checkpoint, so there is nothing to read or resume",
          "start it again as before, with --name " + path.getFileName());
    }
    if (!Files.isRegularFile(folder.config())) {
      throw new StorageException(
          path, "it is not the folder of a run, config.yaml is missing", "give one, as runs/NAME");
    }
    return folder;
  }

  /**
   * Acquires the lock that is required for writing to the folder. Reading needs no lock.
   *
   * @throws StorageException if another process holds it; the message names the process; or if a
   *     link in the folder would make the run write elsewhere
   */
  public FolderLock lock() {
    for (Path written : List.of(metrics(), times(), events(), lastCheckpoint().getParent())) {
      requireWithin(written);
    }
    return FolderLock.take(path);
  }

  /** A run may be somebody else's: its links must not say where this one writes. */
  private void requireWithin(Path written) {
    if (!Files.isSymbolicLink(written)) {
      return;
    }
    try {
      if (written.toRealPath().startsWith(path.toRealPath())) {
        return;
      }
    } catch (IOException dangling) {
      // it leads nowhere, where something would be made
    }
    throw new StorageException(
        written,
        "this link leads out of the run's folder, and the run writes there",
        "move what it leads to here, or move the whole run and link its folder");
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** The whole configuration, YAML. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The metrics, one line of JSON per logged step. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The times of the evaluations, one line of JSON each. */
  public Path times() {
    return path.resolve("times.jsonl");
  }

  /** The folder of the events that TensorBoard shows. */
  public Path events() {
    return path.resolve("tensorboard");
  }

  /** The summary of the training, JSON. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** Why the training failed, one line; absent if it did not. */
  public Path failure() {
    return path.resolve("failure.txt");
  }

  /** The results of {@code evaluate}, JSON. */
  public Path evaluation() {
    return path.resolve("evaluation.json");
  }

  /** The results of {@code evaluate} as a page with pictures, HTML. */
  public Path evaluationPage() {
    return path.resolve("evaluation.html");
  }

  /** The loss curves. */
  public Path lossPlot() {
    return path.resolve("loss.png");
  }

  /** Truth and prediction, frame by frame. */
  public Path filmstrip() {
    return path.resolve("filmstrip.png");
  }

  /** An animation called {@code name}, such as {@code forward}. */
  public Path gif(String name) {
    return path.resolve(name + ".gif");
  }

  /** The latest checkpoint, from which the run resumes. */
  public Path lastCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("last.safetensors");
  }

  /** The checkpoint with the lowest validation error so far. */
  public Path bestCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("best.safetensors");
  }

  /** The best checkpoint, or the latest if there is no best one yet. */
  public Path preferredCheckpoint() {
    return Files.exists(bestCheckpoint()) ? bestCheckpoint() : lastCheckpoint();
  }

  /**
   * Writes text to one of the files, {@linkplain AtomicFile atomically}.
   *
   * @throws StorageException if writing fails
   */
  public void write(Path file, String text) {
    AtomicFile.write(file, text);
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path.toString();
  }
}
