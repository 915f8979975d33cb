package hgn.report;

import hgn.files.AtomicFile;
import hgn.images.GifSequence;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
  private static final int MARGIN = 12;
  private static final int GAP = 8;

  /** Minimum delay: browsers slow down GIFs below two hundredths of a second. */
  private static final int LEAST_DELAY = 2;

  /** An animation in real time at six times the frames' size, starting at t = 0. */
  public AnimatedGif(double dt) {
    this(0, dt, 6, Math.abs(dt));
  }

  /** Checks the layout. */
  public AnimatedGif {
    if (scale < 1) {
      throw new IllegalArgumentException(
          "[report] an animation at scale " + scale + "; it must be at least 1");
    }
  }

  /** Writes the films, which must agree in length and resolution. */
  public void write(Path file, List<Film> films) {
    Films.requireAlike(films);
    GifSequence pictures = new GifSequence(films.get(0).length(), t -> draw(films, t), delay());
    AtomicFile.writeStream(file, pictures::write);
  }

  private BufferedImage draw(List<Film> films, int t) {
    int cell = films.get(0).resolution() * scale;
    Font font = Canvas.font(cell);
    FontMetrics metrics = Canvas.metrics(font);
    int top = MARGIN + metrics.getHeight();
    int bottom = top + cell + metrics.getHeight();
    var canvas = new Canvas(2 * MARGIN + films.size() * (cell + GAP) - GAP, bottom + MARGIN / 2);
    for (int i = 0; i < films.size(); i++) {
      int x = MARGIN + i * (cell + GAP);
      canvas.text(
          films.get(i).label(), font, x + cell / 2, top - GAP / 2 - metrics.getDescent(), 0.5);
      canvas.frame(films.get(i), t, x, top, scale);
    }
    String time = String.format(Locale.ROOT, "t = %.2f s", start + t * dt);
    canvas.text(time, font, MARGIN, bottom - metrics.getDescent() + GAP / 2, 0);
    return canvas.image();
  }

  /** The delay in hundredths of a second. */
  private int delay() {
    return Math.max(LEAST_DELAY, (int) Math.round(100 * pace));
  }
}
