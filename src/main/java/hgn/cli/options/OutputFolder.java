package hgn.cli.options;

import hgn.cli.console.Failure;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for results, which are printed too. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Creates the folder if it is missing. To be called before long work, not after it.
   *
   * @return {@code folder}
   * @throws StorageException if it cannot be created
   */
  public static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
  }

  /** The failure of a command whose results are printed but could not be stored. */
  public static Failure onlyPrinted(StorageException unwritable) {
    return new Failure(
        "the results are printed, but not stored: " + unwritable.getMessage() + " by --out DIR",
        unwritable);
  }
}
