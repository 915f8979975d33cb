package hgn.fuzzing;

import hgn.films.FilmSources;
import hgn.films.source.FilmSource;
import java.nio.file.Path;

/** Reads films as the program does when it has no cache of them. */
final class FilmReading {
  private FilmReading() {}

  /** Reads everything. */
  static void of(Path path, String key) {
    try (FilmSource source = FilmSources.open(path, key)) {
      source.shape();
      source.dt();
      source.background();
      int films = source.films().size();
      for (int film = 0; film < films; film++) {
        int number = film;
        Trial.read(() -> source.read(number, frame -> {}));
      }
    }
  }
}
