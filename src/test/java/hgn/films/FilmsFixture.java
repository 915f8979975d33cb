package hgn.films;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small films in the test resources; {@code make.py} beside them says how they were made. */
final class FilmsFixture {
  static final int FILMS = 3;
  static final int FRAMES = 11;
  static final int HEIGHT = 6;
  static final int WIDTH = 8;

  private FilmsFixture() {}

  static Path path(String name) {
    return Path.of("src", "test", "resources", "films").resolve(name);
  }

  /** What lossless films hold, as a level from 0 to 255. */
  static int level(int film, int frame, int row, int column, int channel) {
    return (37 * film + 11 * frame + 5 * row + 3 * column + 50 * channel) % 256;
  }

  /** All frames of a film. */
  static List<Frame> frames(FilmSource source, int film) {
    List<Frame> frames = new ArrayList<>();
    source.read(film, frames::add);
    return frames;
  }
}
