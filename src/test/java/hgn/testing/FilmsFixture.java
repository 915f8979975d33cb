package hgn.testing;

import hgn.films.source.FilmSource;
import hgn.films.source.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small films in the test resources; {@code make.py} beside them says how they were made. */
public final class FilmsFixture {
  public static final int FILMS = 3;
  public static final int FRAMES = 11;
  public static final int HEIGHT = 6;
  public static final int WIDTH = 8;

  private FilmsFixture() {}

  public static Path path(String name) {
    return Path.of("src", "test", "resources", "films").resolve(name);
  }

  /** The value of a pixel in the lossless films, as a level from 0 to 255. */
  public static int level(int film, int frame, int row, int column, int channel) {
    return (37 * film + 11 * frame + 5 * row + 3 * column + 50 * channel) % 256;
  }

  /** All frames of a film. */
  public static List<Frame> frames(FilmSource source, int film) {
    List<Frame> frames = new ArrayList<>();
    source.read(film, frames::add);
    return frames;
  }
}
