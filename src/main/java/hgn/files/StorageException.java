package hgn.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Thrown if a file or folder cannot be read or written, such as on a full or read-only disk. The
 * message is one line that names the path, the reason and the remedy.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception for a problem other than an I/O error. */
  public StorageException(Path path, String problem, String remedy) {
    super(OneLine.of(path + ": " + problem + "; " + remedy));
  }

  /** Creates the exception for an I/O error during {@code task}, such as "cannot write". */
  public StorageException(Path path, String task, IOException cause) {
    super(OneLine.of(task + " " + path + ": " + reason(cause) + "; " + remedy(cause)), cause);
  }

  /** The meaning of an I/O error; Java's message may be just the path. */
  public static String reason(IOException error) {
    if (error instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileAlreadyExistsException existing) {
      return existing(existing.getFile());
    }
    if (error instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (error instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  private static String existing(String file) {
    Path path = Path.of(file);
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      return "it is a link that leads nowhere";
    }
    return Files.isRegularFile(path) ? "it is a file" : "it exists already";
  }

  private static String remedy(IOException error) {
    return reason(error).contains("No space left")
        ? "free some space on that disk or choose another folder"
        : "check the path and its permissions, or choose another folder";
  }
}
