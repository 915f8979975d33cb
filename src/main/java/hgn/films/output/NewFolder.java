package hgn.films.output;

import hgn.files.LockHolder;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An output folder while it is written. A hidden file in it names the process, so that a second one
 * does not write there too; it is removed at the end, and stays if the process is killed.
 */
public final class NewFolder implements AutoCloseable {
  private static final String CLAIM = ".writing";

  private final Path path;

  private NewFolder(Path path) {
    this.path = path;
  }

  /**
   * Creates a folder if it is missing, for this process alone.
   *
   * @throws StorageException if it is not empty or cannot be created
   */
  public static NewFolder make(Path folder) {
    try {
      Files.createDirectories(folder);
      requireEmpty(folder);
      claim(folder);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
    return new NewFolder(folder);
  }

  private static void requireEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.anyMatch(entry -> !entry.getFileName().toString().equals(CLAIM))) {
        throw new StorageException(
            folder, "there are files in it already", "choose a new or an empty folder");
      }
    }
  }

  private static void claim(Path folder) throws IOException {
    Path claim = folder.resolve(CLAIM);
    try {
      Files.createFile(claim);
      Files.writeString(claim, LockHolder.self() + "\n");
    } catch (FileAlreadyExistsException taken) {
      throw new StorageException(
          folder,
          "process " + Files.readString(claim).strip() + " is writing into it, or was killed",
          "choose another folder");
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(CLAIM));
    } catch (IOException unremovable) {
      // a hidden file in a data set harms nobody
    }
  }
}
