package hgn.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** A white image on which frames are drawn. */
final class Canvas {
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
}
