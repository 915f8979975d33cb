package hgn.films.source;

/** Follows the reading of films. */
@FunctionalInterface
public interface FilmProgress {
  /** Says nothing. */
  FilmProgress SILENT = (done, total, frames) -> {};

  /** So many of all films are read, with so many frames. */
  void read(int done, int total, long frames);
}
