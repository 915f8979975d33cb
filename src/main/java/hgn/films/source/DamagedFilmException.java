package hgn.films.source;

import hgn.files.OneLine;
import java.nio.file.Path;

/** A film that cannot be read. The message is one line that names the file and what to do. */
public final class DamagedFilmException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what is wrong, in words. */
  public DamagedFilmException(Path file, String problem) {
    super(
        OneLine.of(
            file
                + ": "
                + problem
                + "; mend or remove it, or pass over damaged films with --skip-damaged"));
  }
}
