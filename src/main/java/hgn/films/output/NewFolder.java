package hgn.films.output;

import hgn.files.LockHolder;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
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
   * @param mayStay accepts the files that may be in it already
   * @throws StorageException if others are in it, or it cannot be created
   */
  static NewFolder make(Path folder, Predicate<Path> mayStay) {
    try {
      Files.createDirectories(folder);
      requireOnly(folder, mayStay);
      claim(folder);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
    return new NewFolder(folder);
  }

  private static void requireOnly(Path folder, Predicate<Path> mayStay) throws IOException {
    Predicate<Path> claim = entry -> entry.getFileName().toString().equals(CLAIM);
    try (Stream<Path> entries = Files.list(folder)) {
      if (!entries.allMatch(claim.or(mayStay))) {
        throw new StorageException(
            folder, "there are files in it already", "choose a new or an empty folder");
      }
    }
  }

  private static void claim(Path folder) throws IOException {
    Path claim = folder.resolve(CLAIM);
    if (Files.exists(claim) && LockHolder.hasEnded(Files.readString(claim))) {
      Files.delete(claim);
    }
    try {
      Files.createFile(claim);
      Files.writeString(claim, LockHolder.self().line());
    } catch (FileAlreadyExistsException taken) {
      throw new StorageException(
          folder,
          LockHolder.parse(Files.readString(claim)).describe() + " is writing into it",
          "wait until that has ended, or choose another folder");
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
