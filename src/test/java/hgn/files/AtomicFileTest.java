package hgn.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void ofManyWritersOneWinsAsAWhole() throws IOException {
    Path file = folder.resolve("shared");
    List<String> texts =
        IntStream.range(0, 24).mapToObj(i -> Integer.toString(i, 36).repeat(20_000)).toList();
    texts.parallelStream().forEach(text -> AtomicFile.write(file, text));
    assertTrue(texts.contains(Files.readString(file)), "a mixture");
    assertOnly(file);
  }

  @Test
  void whatKilledWritersLeftIsRemovedAndWhatOthersWriteIsNot() throws IOException {
    Path file = folder.resolve("f");
    String host = LockHolder.self().host();
    Path dead = Files.writeString(folder.resolve(".f.999999999999-1@" + host + ".tmp"), "dead");
    Path earlier = Files.writeString(folder.resolve(".f.tmp"), "of an earlier version");
    Path old = Files.writeString(folder.resolve(".f.1-1@elsewhere.tmp"), "of another host");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));
    Path young = Files.writeString(folder.resolve(".f.1-2@elsewhere.tmp"), "of another host");
    Path live =
        Files.writeString(
            folder.resolve(".f." + ProcessHandle.current().pid() + "-0@" + host + ".tmp"), "live");
    Path other = Files.writeString(folder.resolve(".g.999999999999-1@" + host + ".tmp"), "g's");
    Path user = Files.writeString(folder.resolve(".notes.tmp"), "of a user");
    AtomicFile.write(file, "new");
    for (Path gone : List.of(dead, earlier, old, other)) {
      assertFalse(Files.exists(gone), gone.toString());
    }
    for (Path kept : List.of(young, live, user)) {
      assertTrue(Files.exists(kept), kept.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 120, 121, 251, 255})
  void everyNameThatAFileMayHaveCanBeWritten(int length) throws IOException {
    Path file = folder.resolve("n".repeat(length));
    AtomicFile.write(file, "text");
    assertEquals("text", Files.readString(file));
    assertOnly(file);
  }

  @Test
  void aLinkIsReplacedAndNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
    for (Path aim : List.of(elsewhere, folder.resolve("nowhere"), folder.resolve("link"))) {
      Path link = Files.createSymbolicLink(folder.resolve("link"), aim);
      AtomicFile.write(link, "new");
      assertEquals("new", Files.readString(link));
      assertFalse(Files.isSymbolicLink(link));
      assertEquals("precious", Files.readString(elsewhere));
      Files.delete(link);
    }
  }

  @Test
  void aDeviceStaysOne() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.isWritable(device), "there is no /dev/null");
    AtomicFile.write(device, "text");
    AtomicFile.writeStream(device, out -> out.write(1));
    assertFalse(Files.isRegularFile(device));
  }

  private void assertOnly(Path... expected) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(expected), files.toList());
    }
  }
}
