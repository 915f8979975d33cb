package hgn.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Draws films side by side, frame by frame, each under its label, with the time below.
 *
 * @param start time of frame 0 in seconds
 * @param dt time between frames in seconds, as shown
 * @param scale pixels of the picture for each pixel of a frame
 */
record LabelledFilms(double start, double dt, int scale) {
  private static final int MARGIN = 12;
  private static final int GAP = 8;

  LabelledFilms {
    if (scale < 1) {
      throw new IllegalArgumentException(
          "[report] an animation at scale " + scale + "; it must be at least 1");
    }
  }

  /** Returns the picture of frame {@code t} of all films. */
  BufferedImage draw(List<Film> films, int t) {
    int cell = films.get(0).resolution() * scale;
    Captions captions = Captions.beside(cell);
    int top = MARGIN + captions.height();
    int bottom = top + cell + captions.height();
    var canvas = new Canvas(2 * MARGIN + films.size() * (cell + GAP) - GAP, bottom + MARGIN / 2);
    for (int i = 0; i < films.size(); i++) {
      int x = MARGIN + i * (cell + GAP);
      captions.draw(
          canvas.image(),
          films.get(i).label(),
          x + cell / 2,
          top - GAP / 2 - captions.descent(),
          0.5);
      canvas.frame(films.get(i), t, x, top, scale);
    }
    String time = String.format(Locale.ROOT, "t = %.2f s", start + t * dt);
    captions.draw(canvas.image(), time, MARGIN, bottom - captions.descent() + GAP / 2, 0);
    return canvas.image();
  }
}
