package hgn.report;

import hgn.files.AtomicFile;
import hgn.images.Drawing;
import hgn.images.GifSequence;
import java.nio.file.Path;
import java.util.List;

/**
 * Films side by side as a looping animated GIF, each under its label, with the time below. All
 * frames share one palette to avoid flicker, and each replaces the whole picture.
 *
 * @param start time of frame 0 in seconds
 * @param dt time between frames in seconds, as shown
 * @param scale pixels of the picture per pixel of a frame
 * @param pace duration of each frame in seconds; slow motion if above {@code dt}
 */
public record AnimatedGif(double start, double dt, int scale, double pace) {
  /** Browsers slow down GIFs whose delay is below two hundredths of a second. */
  private static final int MIN_DELAY = 2;

  /** An animation in real time at six times the frames' size, starting at t = 0. */
  public AnimatedGif(double dt) {
    this(0, dt, 6, Math.abs(dt));
  }

  /** Checks the layout. */
  public AnimatedGif {
    new LabelledFilms(start, dt, scale);
  }

  /** Writes the films, which must agree in length and resolution. */
  public void write(Path file, List<Film> films) {
    Films.requireAlike(films);
    LabelledFilms drawn = new LabelledFilms(start, dt, scale);
    GifSequence pictures =
        new GifSequence(films.get(0).length(), t -> drawn.draw(films, t), delay());
    Drawing.made(
        () -> {
          AtomicFile.writeStream(file, pictures::write);
          return file;
        });
  }

  /** The delay in hundredths of a second. */
  private int delay() {
    return Math.max(MIN_DELAY, (int) Math.round(100 * pace));
  }
}
