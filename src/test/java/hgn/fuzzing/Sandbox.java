package hgn.fuzzing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the files of one input. It is the only entry of the folder around it, so that a file
 * written beside it is noticed.
 */
final class Sandbox {
  private final Path outer;
  private final Path folder;

  /** Creates an empty folder in that of the property {@code fuzz.folder}, or a temporary one. */
  Sandbox() {
    String given = System.getProperty("fuzz.folder");
    try {
      outer = given == null ? Files.createTempDirectory("fuzz") : Path.of(given);
      folder = Files.createDirectories(outer.resolve("run"));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(outer)));
  }

  Path folder() {
    return folder;
  }

  /** Writes a file, with the folders above it. */
  Path write(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * Removes all files of the folder.
   *
   * @throws AssertionError if something else was written
   */
  void empty() {
    List<Path> beside = entries(outer);
    if (!beside.equals(List.of(folder))) {
      throw new AssertionError("written outside of the folder: " + beside);
    }
    entries(folder).forEach(Sandbox::delete);
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
