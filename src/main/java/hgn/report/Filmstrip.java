package hgn.report;

import hgn.images.Drawing;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A picture of films as rows of evenly spaced frames, with labels at the left and times on top.
 *
 * @param start time of frame 0 in seconds
 * @param dt time between frames in seconds
 * @param columns maximum number of frames per film
 * @param scale pixels of the picture per pixel of a frame
 */
public record Filmstrip(double start, double dt, int columns, int scale) {
  private static final int MARGIN = 12;
  private static final int GAP = 4;

  /** A strip of up to 10 frames at four times their size, starting at t = 0. */
  public Filmstrip(double dt) {
    this(0, dt, 10, 4);
  }

  /** Checks the layout. */
  public Filmstrip {
    if (columns < 1 || scale < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[report] a filmstrip of %d columns at scale %d: both must be at least 1",
              columns,
              scale));
    }
  }

  /** Writes {@link #draw} of {@code rows} as a PNG. */
  public void write(Path file, List<Film> rows) {
    Drawing.write(file, () -> draw(rows));
  }

  /** Draws the films, which must agree in length and resolution. */
  public BufferedImage draw(List<Film> rows) {
    Films.requireAlike(rows);
    int[] shown = spread(rows.get(0).length());
    int cell = rows.get(0).resolution() * scale;
    Captions captions = Captions.beside(cell);
    int labels = rows.stream().mapToInt(row -> captions.width(row.label())).max().orElseThrow();
    int left = MARGIN + labels + 2 * GAP;
    int top = MARGIN + captions.height() + GAP;
    var canvas =
        new Canvas(
            left + shown.length * (cell + GAP) - GAP + MARGIN,
            top + rows.size() * (cell + GAP) - GAP + MARGIN);
    for (int column = 0; column < shown.length; column++) {
      int x = left + column * (cell + GAP);
      captions.draw(
          canvas.image(),
          caption(shown[column], column),
          x + cell / 2,
          top - GAP - captions.descent(),
          0.5);
      for (int row = 0; row < rows.size(); row++) {
        canvas.frame(rows.get(row), shown[column], x, top + row * (cell + GAP), scale);
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      int middle = top + row * (cell + GAP) + cell / 2;
      int baseline = middle + (captions.ascent() - captions.descent()) / 2;
      captions.draw(canvas.image(), rows.get(row).label(), left - 2 * GAP, baseline, 1);
    }
    return canvas.image();
  }

  private String caption(int frame, int column) {
    String time = String.format(Locale.ROOT, "%.2f s", start + frame * dt);
    return column == 0 ? "t = " + time : time;
  }

  /** Indices of the frames shown, evenly spaced from first to last. */
  private int[] spread(int length) {
    int count = Math.min(columns, length);
    int[] shown = new int[count];
    for (int i = 1; i < count; i++) {
      shown[i] = (int) Math.round(i * (length - 1.0) / (count - 1));
    }
    return shown;
  }
}
