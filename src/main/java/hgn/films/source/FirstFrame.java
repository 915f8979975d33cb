package hgn.films.source;

/** Finds one frame of films, to know what they look like. */
final class FirstFrame {
  private FirstFrame() {}

  /**
   * The first frame of the first film that can be read.
   *
   * @throws DamagedFilmException if none can
   */
  static Frame of(FilmSource source) {
    DamagedFilmException first = null;
    for (int film = 0; film < source.films().size(); film++) {
      try {
        source.read(
            film,
            frame -> {
              throw new Found(frame);
            });
        first = new DamagedFilmException(source.files().get(0), "a film without a frame");
      } catch (Found found) {
        return found.frame;
      } catch (DamagedFilmException damaged) {
        first = first == null ? damaged : first;
      } catch (OutOfMemoryError full) {
        first = first == null ? FilmPipe.tooLarge(source, film) : first;
      }
    }
    throw first;
  }

  /** Ends the reading of a film. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Frame frame;

    Found(Frame frame) {
      super(null, null, false, false);
      this.frame = frame;
    }
  }
}
