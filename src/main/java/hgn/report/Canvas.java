package hgn.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A white image on which frames and captions are drawn. */
final class Canvas {
  private static final Color INK = new Color(0x33, 0x33, 0x33);

  private final BufferedImage image;

  Canvas(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.dispose();
  }

  BufferedImage image() {
    return image;
  }

  /** Font for captions beside frames of {@code cell} pixels. */
  static Font font(int cell) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(11, Math.min(18, cell / 9)));
  }

  static FontMetrics metrics(Font font) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      hint(g);
      return g.getFontMetrics(font);
    } finally {
      g.dispose();
    }
  }

  /** Draws frame {@code t} of a film at (x, y), magnified by {@code scale}. */
  void frame(Film film, int t, int x, int y, int scale) {
    int size = film.resolution() * scale;
    int[] row = new int[size];
    for (int i = 0; i < size; i++) {
      if (i % scale == 0) {
        for (int j = 0; j < size; j++) {
          row[j] = film.rgb(t, i / scale, j / scale);
        }
      }
      image.setRGB(x, y + i, size, 1, row, 0, size);
    }
  }

  /**
   * Writes {@code text} with its baseline's left end, middle or right end ({@code align} 0, 0.5, 1)
   * at (x, y).
   */
  void text(String text, Font font, int x, int y, double align) {
    Graphics2D g = image.createGraphics();
    hint(g);
    g.setFont(font);
    g.setColor(INK);
    g.drawString(text, Math.round(x - align * g.getFontMetrics().stringWidth(text)), y);
    g.dispose();
  }

  private static void hint(Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_OFF);
  }
}
