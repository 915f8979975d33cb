package hgn.films.source;

/** Receives progress of reading films. */
@FunctionalInterface
public interface FilmProgress {
  /** Ignores progress. */
  FilmProgress SILENT = (done, total, frames) -> {};

  /**
   * Called when {@code done} of {@code total} films, with {@code frames} frames in all, have been
   * read.
   */
  void read(int done, int total, long frames);
}
