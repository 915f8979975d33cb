package hgn.films.arrays;

import hgn.files.StorageException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file: the bytes 93 'NUMPY', a version, the length of what follows,
 * and a Python dictionary {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }}.
 *
 * @param type element type
 * @param order byte order
 * @param isFortran whether the first index varies fastest
 * @param shape lengths of the axes
 * @param length bytes before the first number
 */
public record NpyHeader(
    ElementType type, ByteOrder order, boolean isFortran, long[] shape, int length) {
  /** Maximum number of bytes before the dictionary. */
  static final int PREFIX = 12;

  /** Maximum length of a header that NumPy itself writes. */
  static final int LONGEST = 1 << 16;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONG_PREFIX_VERSION = 2;

  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|([\\[(]))");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  public static boolean isNpy(byte[] head) {
    return head.length >= MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(head, MAGIC.length));
  }

  /** Length of the whole header, from its first {@link #PREFIX} bytes. */
  static int lengthOf(byte[] start, Path file) {
    if (start.length < PREFIX || !isNpy(start)) {
      throw broken(file, "it does not start like a NumPy file");
    }
    boolean isLong = start[MAGIC.length] >= LONG_PREFIX_VERSION;
    long dictionary = (start[8] & 255) | (start[9] & 255) << 8;
    if (isLong) {
      dictionary |= (start[10] & 255L) << 16 | (start[11] & 255L) << 24;
    }
    if (dictionary > LONGEST) {
      throw broken(file, "its header should have " + dictionary + " bytes");
    }
    return (int) dictionary + (isLong ? PREFIX : PREFIX - 2);
  }

  /** Parses a header from the first bytes of a file. */
  static NpyHeader parse(byte[] bytes, Path file) {
    int length = lengthOf(bytes, file);
    if (bytes.length < length) {
      throw broken(file, "it ends within its header");
    }
    int from = bytes[MAGIC.length] >= LONG_PREFIX_VERSION ? PREFIX : PREFIX - 2;
    String text = new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
    Matcher descr = DESCR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !fortran.find() || !shape.find()) {
      throw broken(file, "its header is not one of NumPy");
    }
    String name = descr.group(1) == null ? "a structure" : descr.group(1);
    return new NpyHeader(
        type(name, file),
        name.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        fortran.group(1).equals("True"),
        lengths(shape.group(1), file),
        length);
  }

  private static ElementType type(String name, Path file) {
    return switch (name.replaceFirst("^[<>=|]", "")) {
      case "u1" -> ElementType.UINT8;
      case "f4" -> ElementType.FLOAT32;
      case "f8" -> ElementType.FLOAT64;
      default ->
          throw new StorageException(
              file,
              "its numbers are of type " + name,
              "write films as uint8, float32 or float64, such as by array.astype('uint8')");
    };
  }

  private static long[] lengths(String words, Path file) {
    String[] parts = words.isBlank() ? new String[0] : words.strip().split("\\s*,\\s*");
    long[] shape = new long[parts.length];
    try {
      for (int i = 0; i < shape.length; i++) {
        shape[i] = Long.parseLong(parts[i].strip());
        if (shape[i] < 0) {
          throw broken(file, "its shape has a length of " + shape[i]);
        }
      }
      count(shape);
      return shape;
    } catch (NumberFormatException | ArithmeticException unreadable) {
      throw broken(file, "its shape is (" + words + ")");
    }
  }

  /** Number of elements. */
  long count() {
    return count(shape);
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long length : shape) {
      count = Math.multiplyExact(count, length);
    }
    Math.multiplyExact(count, Double.BYTES);
    return count;
  }

  private static StorageException broken(Path file, String problem) {
    return new StorageException(file, problem, "it is damaged: copy or write it again");
  }
}
