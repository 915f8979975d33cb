package hgn.films.source;

import java.nio.file.Path;
import java.util.List;

/** Films of 8-bit frames, one file each. */
public abstract class FileFilms implements FilmSource {
  private final List<Path> files;

  protected FileFilms(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /** The file of a film. */
  protected final Path file(int film) {
    return files.get(film);
  }

  @Override
  public final List<String> films() {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  @Override
  public final List<Path> files() {
    return files;
  }

  @Override
  public final boolean isFloat() {
    return false;
  }

  @Override
  public final boolean isRandomAccess() {
    return true;
  }
}
