package hgn.films.source;

import hgn.files.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** File operations shared by all readers. */
public final class FilmFiles {
  private static final int HEAD = 64;

  /**
   * The most bytes that deflate, which compresses the most of what films are packed by, gives for
   * one.
   */
  private static final double MOST_PER_BYTE = 1032;

  private FilmFiles() {}

  /** A one-line reason for an exception. */
  public static String reason(Exception error) {
    if (error instanceof IOException failed) {
      return StorageException.reason(failed);
    }
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  /** Returns the first bytes of a file, fewer if it is short. */
  public static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  /**
   * Lists a folder in natural order, without hidden files.
   *
   * @throws StorageException if it cannot be read
   */
  public static List<Path> list(Path folder) {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).forEach(paths::add);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot read", error);
    }
    paths.sort(Comparator.comparing(path -> path.getFileName().toString(), NaturalOrder.INSTANCE));
    return paths;
  }

  /**
   * Rejects symbolic links that lead out of a folder of films: a downloaded data set must not
   * expose other files of this machine.
   */
  public static void requireWithin(Path folder, List<Path> paths) {
    for (Path path : paths) {
      if (Files.isSymbolicLink(path) && !isWithin(folder, path)) {
        throw new StorageException(
            path,
            "this link leads out of " + folder,
            "put the file itself there, or give its folder");
      }
    }
  }

  private static boolean isWithin(Path folder, Path link) {
    try {
      return link.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException dangling) {
      throw new StorageException(link, "this link leads nowhere", "remove it");
    }
  }

  /**
   * Whether a file can hold so many bytes, packed as tightly as films are at most: else a length in
   * it is wrong, and no memory is to be reserved by it.
   */
  public static boolean canHold(Path file, double bytes) {
    try {
      return bytes <= MOST_PER_BYTE * Files.size(file);
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  /** Whether it is a regular file, not a folder or a device. */
  public static boolean isFile(Path path) {
    return Files.isRegularFile(path);
  }
}
