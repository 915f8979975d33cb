package hgn.films.output;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Creates output folders. */
public final class NewFolder {
  private NewFolder() {}

  /**
   * Creates a folder if it is missing.
   *
   * @throws StorageException if it is not empty or cannot be created
   */
  public static void make(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new StorageException(
              folder, "there are files in it already", "choose a new or an empty folder");
        }
      }
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
  }
}
