package hgn.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFailedWriteLeavesTheOldFileAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    StorageException full =
        assertThrows(
            StorageException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[100]));
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        "cannot write "
            + file
            + ": No space left on device; free some space on that disk or choose another folder",
        full.getMessage());
    assertEquals("old", Files.readString(file));
    assertOnly(file);
  }

  @Test
  void aFaultOfTheWriterLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("b.txt");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                channel -> {
                  throw new IllegalStateException("fault");
                }));
    assertOnly();
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("absent").resolve("c.txt");
    String message =
        assertThrows(StorageException.class, () -> AtomicFile.write(file, "text")).getMessage();
    assertTrue(message.startsWith("cannot write " + file + ": no such file or folder"), message);
  }

  @Test
  void aStreamReplacesTheFileWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("e.bin"), "longer than the new one");
    AtomicFile.writeStream(file, out -> out.write(new byte[] {1, 2}));
    assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(file));
    assertThrows(
        StorageException.class,
        () ->
            AtomicFile.writeStream(
                file,
                out -> {
                  out.write(3);
                  throw new IOException("disk full");
                }));
    assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(file));
    assertOnly(file);
  }

  @Test
  void textIsUtf8() throws IOException {
    Path file = folder.resolve("d.txt");
    AtomicFile.write(file, "\u03bb = 1\n");
    assertEquals("\u03bb = 1\n", Files.readString(file));
    assertOnly(file);
  }

  private void assertOnly(Path... expected) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(expected), files.toList());
    }
  }
}
