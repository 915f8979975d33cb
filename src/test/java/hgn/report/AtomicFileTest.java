package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void foldersAreMadeAndFilesReplaced() throws IOException {
    Path file = folder.resolve("a/b/file.txt");
    AtomicFile.write(file, out -> out.write("first".getBytes()));
    AtomicFile.write(file, out -> out.write("second".getBytes()));
    assertEquals("second", Files.readString(file));
    assertEquals(1, entries(file.getParent()));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("file.txt");
    Files.writeString(file, "old");
    var e =
        assertThrows(
            UncheckedIOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("half".getBytes());
                      throw new IOException("disk full");
                    }));
    assertTrue(
        e.getMessage().contains("cannot write " + file) && e.getMessage().contains("disk full"),
        e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    assertEquals("old", Files.readString(file));
    assertEquals(1, entries(folder));
  }

  @Test
  void aFileInPlaceOfAFolderIsReported() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    var e =
        assertThrows(
            UncheckedIOException.class,
            () -> AtomicFile.write(blocked.resolve("x.png"), out -> out.write(1)));
    assertTrue(e.getMessage().contains("x.png"), e.getMessage());
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }
}
