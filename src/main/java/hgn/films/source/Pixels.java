package hgn.films.source;

import java.awt.image.BufferedImage;

/** Converts frames to pictures. */
public final class Pixels {
  private static final int CHANNELS = 3;

  private Pixels() {}

  /** Frame {@code t} of a film (T, size, size, 3) in [0, 1], rounded to bytes. */
  public static BufferedImage picture(float[] film, int t, int size) {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int at = t * size * size * CHANNELS;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int rgb = 0;
        for (int c = 0; c < CHANNELS; c++) {
          rgb = rgb << Byte.SIZE | Math.round(255 * Math.min(1, Math.max(0, film[at++])));
        }
        picture.setRGB(j, i, rgb);
      }
    }
    return picture;
  }
}
