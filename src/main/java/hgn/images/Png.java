package hgn.images;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG pictures. */
public final class Png {
  private Png() {}

  /**
   * Writes a picture. It is encoded in memory: {@link ImageIO} would otherwise need a file in
   * {@code java.io.tmpdir}, hide the reason when {@code out} fails, and fail once more when the
   * program ends.
   */
  public static void write(RenderedImage picture, OutputStream out) throws IOException {
    encode(picture).writeTo(out);
  }

  /** Returns the contents of a PNG file. */
  public static byte[] bytes(RenderedImage picture) throws IOException {
    return encode(picture).toByteArray();
  }

  private static ByteArrayOutputStream encode(RenderedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", stream);
    }
    return bytes;
  }
}
