package hgn.explore;

import hgn.files.OneLine;
import hgn.train.LoadedRun;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A run that is loaded when somebody asks for it first, so that the page is there at once. */
public final class Shelved implements AutoCloseable {
  private final Path path;
  private final Supplier<LoadedRun> loader;
  private ExploredRun run;
  private String problem;

  /**
   * A run.
   *
   * @param path of its folder
   * @param loader loads it; it throws with one line if it cannot
   */
  public Shelved(Path path, Supplier<LoadedRun> loader) {
    this.path = path;
    this.loader = loader;
  }

  /** Returns the name of the run's folder. */
  String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /** Returns where it is, as the user wrote it. */
  String path() {
    return path.toString();
  }

  /** Returns why the run cannot be loaded; empty as long as nobody has found out. */
  synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Returns the run, loaded.
   *
   * @throws RequestException if it cannot be loaded
   */
  synchronized ExploredRun open() {
    if (run == null) {
      try {
        run = new ExploredRun(loader.get());
        problem = null;
      } catch (RuntimeException failed) {
        problem = OneLine.of(String.valueOf(failed.getMessage()));
        throw new RequestException(RequestException.NOT_FOUND, problem);
      }
    }
    return run;
  }

  @Override
  public synchronized void close() {
    if (run != null) {
      run.close();
      run = null;
    }
  }
}
