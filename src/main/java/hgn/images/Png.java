package hgn.images;

import hgn.files.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures as PNG. No other class converts a picture for {@code ImageIO}: where java.desktop is
 * missing, the class that does so cannot be loaded at all.
 */
public final class Png {
  private Png() {}

  /** Returns the picture as the bytes of a file. */
  public static byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return png.toByteArray();
  }

  static Path write(Path file, BufferedImage image) {
    AtomicFile.writeStream(file, out -> ImageIO.write(image, "png", out));
    return file;
  }
}
