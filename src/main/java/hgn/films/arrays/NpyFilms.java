package hgn.films.arrays;

import hgn.files.StorageException;
import hgn.films.source.FilmSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A NumPy array file. */
public final class NpyFilms {
  private NpyFilms() {}

  /**
   * Opens the array.
   *
   * @throws StorageException if it is damaged or not films
   */
  public static FilmSource open(Path file) {
    NpyHeader header = header(file);
    MappedNumbers numbers =
        new MappedNumbers(file, header.length(), header.count(), header.type(), header.order());
    return new MappedFilms(
        file,
        "a NumPy array",
        ArrayLayout.of(header.shape(), file),
        numbers,
        header.type() != ElementType.UINT8,
        header.isFortran());
  }

  private static NpyHeader header(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return NpyHeader.parse(in.readNBytes(NpyHeader.PREFIX + NpyHeader.LONGEST), file);
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }
}
