package hgn.images;

import hgn.files.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures as PNG. No other class converts a picture for {@code ImageIO}: where java.desktop is
 * missing, the class that does so cannot be loaded at all.
 */
public final class Png {
  private Png() {}

  /**
   * Returns the picture as the bytes of a file. It is encoded in memory: {@code ImageIO} would
   * otherwise need a file in {@code java.io.tmpdir}, hide the reason when the target cannot be
   * written, and fail once more when the program ends.
   */
  public static byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    return png.toByteArray();
  }

  static Path write(Path file, BufferedImage image) {
    byte[] bytes = bytes(image);
    AtomicFile.writeStream(file, out -> out.write(bytes));
    return file;
  }
}
