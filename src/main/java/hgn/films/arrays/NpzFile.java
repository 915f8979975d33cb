package hgn.films.arrays;

import hgn.files.StorageException;
import hgn.films.source.FilmFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A NumPy archive: a zip file of arrays, {@code NAME.npy} each. */
final class NpzFile implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  /** Maximum number of elements of an array read as a whole. */
  private static final long MAX_NUMBERS = 1L << 27;

  private final Path file;
  private final ZipFile zip;
  private final Map<String, NpyHeader> arrays = new LinkedHashMap<>();

  /**
   * Opens an archive and reads its arrays' headers. Arrays of types that films cannot have are
   * ignored.
   */
  NpzFile(Path file) {
    this.file = file;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException error) {
      throw broken(error);
    }
    try {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        if (entry.getName().endsWith(SUFFIX)) {
          note(entry);
        }
      }
    } catch (IOException error) {
      close();
      throw broken(error);
    } catch (RuntimeException error) {
      close();
      throw error;
    }
  }

  private void note(ZipEntry entry) throws IOException {
    String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
    NpyHeader header;
    try (InputStream in = zip.getInputStream(entry)) {
      header = NpyHeader.parse(in.readNBytes(NpyHeader.PREFIX + NpyHeader.LONGEST), file);
    } catch (StorageException other) {
      arrays.put(name, null);
      return;
    }
    arrays.put(name, header);
  }

  /** Headers by name; null for arrays that are damaged or of an unsupported type. */
  Map<String, NpyHeader> arrays() {
    return arrays;
  }

  /** A stream of an array's numbers in file order. */
  NumberStream stream(String name) throws IOException {
    NpyHeader header = header(name);
    ZipEntry entry = zip.getEntry(name + SUFFIX);
    CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    in.skipNBytes(header.length());
    return new NumberStream(in, entry.getCrc(), header.type(), header.order());
  }

  /**
   * The header of the selected array.
   *
   * @throws StorageException if the array is damaged or of an unsupported type
   */
  NpyHeader header(String name) {
    NpyHeader header = arrays.get(name);
    if (header != null) {
      if (!holds(name, header)) {
        throw new StorageException(
            file,
            String.format(
                Locale.ROOT,
                "array '%s' should have %d bytes, which the archive does not hold",
                name,
                header.length() + header.count() * header.type().bytes()),
            "it is damaged: copy or write it again");
      }
      return header;
    }
    try (InputStream in = zip.getInputStream(zip.getEntry(name + SUFFIX))) {
      return NpyHeader.parse(in.readNBytes(NpyHeader.PREFIX + NpyHeader.LONGEST), file);
    } catch (IOException error) {
      throw broken(error);
    }
  }

  /** Whether an array can be whole, by what the archive says and by the length of the file. */
  private boolean holds(String name, NpyHeader header) {
    long size = zip.getEntry(name + SUFFIX).getSize();
    double needed = header.length() + (double) header.count() * header.type().bytes();
    return (size < 0 || size >= needed) && FilmFiles.canHold(file, needed);
  }

  /** Reads an array of shape (N, T, n); null if there is none of that name and shape. */
  double[] whole(String name, long films, long frames) {
    NpyHeader header = arrays.get(name);
    if (header == null || header.isFortran() || header.shape().length != 3) {
      return null;
    }
    long[] shape = header.shape();
    if (shape[0] != films || shape[1] != frames || header.count() > MAX_NUMBERS) {
      return null;
    }
    if (!holds(name, header)) {
      return null;
    }
    try (NumberStream numbers = stream(name)) {
      double[] values = new double[(int) header.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = numbers.next();
      }
      return values;
    } catch (IOException error) {
      throw broken(error);
    }
  }

  /** Reads a scalar. */
  OptionalDouble number(String name) {
    NpyHeader header = arrays.get(name);
    if (header == null || header.count() != 1) {
      return OptionalDouble.empty();
    }
    try (NumberStream numbers = stream(name)) {
      return OptionalDouble.of(numbers.next());
    } catch (IOException error) {
      throw broken(error);
    }
  }

  StorageException broken(IOException error) {
    return new StorageException(
        file,
        "not a whole NumPy archive (" + StorageException.reason(error) + ")",
        "copy or write it again");
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException error) {
      throw broken(error);
    }
  }
}
