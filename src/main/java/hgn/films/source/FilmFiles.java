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

/** What all readers do with files and folders. */
public final class FilmFiles {
  private static final int HEAD = 64;

  private FilmFiles() {}

  /** A reason that fits into a line. */
  public static String reason(Exception error) {
    if (error instanceof IOException failed) {
      return StorageException.reason(failed);
    }
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  /** The first bytes of a file; fewer where it is short. */
  public static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  /**
   * What lies in a folder, in natural order, but for what is hidden.
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
   * Refuses links that lead out of a folder of films: a data set that someone sent must not show
   * other files of this machine.
   */
  public static void requireWithin(Path folder, List<Path> paths) {
    for (Path path : paths) {
      if (Files.isSymbolicLink(path) && !isWithin(folder, path)) {
        throw new StorageException(
            path,
            "this link leads out of " + folder,
            "put the file itself there, or name its folder");
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

  /** Whether it is a file, and not a folder or a device. */
  public static boolean isFile(Path path) {
    return Files.isRegularFile(path);
  }
}
