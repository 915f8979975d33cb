package hgn.films.source;

/** Reads one frame of a source to find the frame shape. */
final class FirstFrame {
  private FirstFrame() {}

  /**
   * Returns the first frame of the first readable film.
   *
   * @throws DamagedFilmException if no film can be read
   */
  static Frame of(FilmSource source) {
    DamagedFilmException first = null;
    int films = source.films().size();
    for (int film = 0; film < films; film++) {
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
        first = first == null ? FrameQueue.tooLarge(source, film) : first;
      }
    }
    throw first;
  }

  /** Stops reading a film. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Frame frame;

    Found(Frame frame) {
      super(null, null, false, false);
      this.frame = frame;
    }
  }
}
