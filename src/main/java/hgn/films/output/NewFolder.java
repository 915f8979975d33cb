package hgn.films.output;

import hgn.files.FolderLock;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An output folder while this process, and no other, writes to it. */
public final class NewFolder implements AutoCloseable {
  private final FolderLock lock;

  private NewFolder(FolderLock lock) {
    this.lock = lock;
  }

  /**
   * Creates a folder if it is missing, for this process alone.
   *
   * @param mayStay accepts the files that may be in it already
   * @throws StorageException if others are in it, another process writes to it, or it cannot be
   *     created
   */
  static NewFolder make(Path folder, Predicate<Path> mayStay) {
    try {
      Files.createDirectories(folder);
      requireOnly(folder, mayStay);
      FolderLock lock = FolderLock.takeHidden(folder);
      try {
        requireOnly(folder, mayStay); // another process may have filled it meanwhile
        return new NewFolder(lock);
      } catch (IOException | RuntimeException filled) {
        lock.close();
        throw filled;
      }
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
  }

  private static void requireOnly(Path folder, Predicate<Path> mayStay) throws IOException {
    Predicate<Path> known = FolderLock::isHidden;
    try (Stream<Path> entries = Files.list(folder)) {
      if (!entries.allMatch(known.or(mayStay))) {
        throw new StorageException(
            folder, "there are files in it already", "choose a new or an empty folder");
      }
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
