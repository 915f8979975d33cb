package hgn.films.pictures;

import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmFiles;
import hgn.films.source.Frame;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads pictures with ImageIO: PNG, JPEG, GIF. */
public final class PictureFile {
  /** Maximum compression ratio of deflate. */
  private static final long MAX_PER_BYTE = 1032;

  /** Maximum size of a picture file. */
  private static final long LARGEST = 256L << 20;

  /** One per thread, since the look-up takes longer than reading a small picture. */
  private static final ThreadLocal<ImageReader> PNG_READER =
      ThreadLocal.withInitial(() -> ImageIO.getImageReadersByFormatName("png").next());

  private static final ThreadLocal<ImageReader> JPEG_READER =
      ThreadLocal.withInitial(() -> ImageIO.getImageReadersByFormatName("jpeg").next());

  private static final int PNG = 0x89504e47;
  private static final int PNG_FIRST = 0x89;
  private static final int JPEG = 0xffd8ff;
  private static final int SHORT = 8;
  private static final int SHORT_MAX = 0xffff;

  private PictureFile() {}

  /** Whether a file starts like a PNG or a JPEG. */
  public static boolean isPicture(byte[] head) {
    if (head.length < Integer.BYTES) {
      return false;
    }
    int first =
        (head[0] & 255) << 24 | (head[1] & 255) << 16 | (head[2] & 255) << 8 | head[3] & 255;
    return first == PNG || first >>> SHORT == JPEG;
  }

  /**
   * Reads a PNG or JPEG.
   *
   * @throws DamagedFilmException if it is not a PNG or JPEG, or is truncated
   */
  public static Frame read(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new DamagedFilmException(file, "a picture of " + (size >> 20) + " MB is too large");
      }
      return read(file.toString(), Files.readAllBytes(file), file, Frame.LONGEST_SIDE);
    } catch (IOException error) {
      throw new DamagedFilmException(file, FilmFiles.reason(error));
    }
  }

  /**
   * Reads a PNG or JPEG in memory.
   *
   * @param name name of the picture, for messages
   * @param file file that contains it
   * @param tallest maximum height
   */
  public static Frame read(String name, byte[] bytes, Path file, int tallest) {
    if (!isPicture(bytes)) {
      String which = name.equals(file.toString()) ? "it" : name;
      throw new DamagedFilmException(file, which + " is neither a PNG nor a JPEG");
    }
    boolean isPng = (bytes[0] & 255) == PNG_FIRST;
    TruncationCheck.require(bytes, isPng, name, file);
    ImageReader reader = (isPng ? PNG_READER : JPEG_READER).get();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0), tallest, bytes.length, file);
      return frame(reader.read(0), file);
    } catch (DamagedFilmException known) {
      throw known;
    } catch (IOException | RuntimeException error) {
      // decoders throw various exceptions for malformed files
      throw new DamagedFilmException(file, "not a whole picture (" + FilmFiles.reason(error) + ")");
    } finally {
      reader.reset();
    }
  }

  /** Rejects a size that is impossible for the number of bytes, before allocating memory. */
  static void requireSize(int width, int height, int tallest, long bytes, Path file) {
    if (width < 1
        || height < 1
        || width > Frame.LONGEST_SIDE
        || height > tallest
        || (long) width * height > bytes * MAX_PER_BYTE * Byte.SIZE) {
      throw new DamagedFilmException(
          file,
          String.format(
              Locale.ROOT, "a picture of %d bytes cannot be of %dx%d", bytes, width, height));
    }
  }

  /** The values of a picture; transparency is ignored. */
  static Frame frame(BufferedImage image, Path file) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    boolean gray = image.getColorModel().getNumColorComponents() == 1;
    if (gray && !(image.getColorModel() instanceof IndexColorModel)) {
      return gray(raster, image.getColorModel().getComponentSize(0), file);
    }
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return reversed(image);
    }
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    float[] values = new float[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      int r = rgb[i] >> 16 & 255;
      int g = rgb[i] >> 8 & 255;
      int b = rgb[i] & 255;
      values[3 * i] = r / 255f;
      values[3 * i + 1] = g / 255f;
      values[3 * i + 2] = b / 255f;
    }
    return new Frame(width, height, 3, values);
  }

  /** Fast path for the common BGR byte order, much faster than a conversion. */
  private static Frame reversed(BufferedImage image) {
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    float[] values = new float[bytes.length];
    for (int i = 0; i < bytes.length; i += 3) {
      values[i] = (bytes[i + 2] & 255) / 255f;
      values[i + 1] = (bytes[i + 1] & 255) / 255f;
      values[i + 2] = (bytes[i] & 255) / 255f;
    }
    return new Frame(image.getWidth(), image.getHeight(), 3, values);
  }

  /** The raw gray values: a conversion to RGB would treat them as linear light. */
  private static Frame gray(Raster raster, int bits, Path file) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    if (bits > 2 * SHORT) {
      throw new DamagedFilmException(file, "gray of " + bits + " bits; at most 16 can be read");
    }
    float most = bits == 2 * SHORT ? SHORT_MAX : (1 << bits) - 1;
    int[] samples = raster.getSamples(0, 0, width, height, 0, (int[]) null);
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[i] / most;
    }
    return new Frame(width, height, 1, values);
  }
}
