package hgn.films.source;

import hgn.files.OneLine;
import java.nio.file.Path;

/** Thrown if a film cannot be read. The message is one line that names the file and the remedy. */
public final class DamagedFilmException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with a description of the problem. */
  public DamagedFilmException(Path file, String problem) {
    super(
        OneLine.of(
            file
                + ": "
                + problem
                + "; repair or remove it, or skip damaged films with --skip-damaged"));
  }
}
