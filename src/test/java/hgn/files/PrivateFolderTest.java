package hgn.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  @TempDir Path parent;

  @BeforeEach
  void requireLinux() {
    assumeTrue(Files.exists(Path.of("/proc/self")), "this is not Linux");
  }

  private Path abandoned(String name, Duration since) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Files.write(folder.resolve("libhgn4j.so"), new byte[10]);
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(since)));
    return folder;
  }

  @Test
  void onlyItsUserMayUseItAndItIsDeletedWithItsFiles() throws IOException {
    Path path;
    try (PrivateFolder folder = PrivateFolder.in(parent)) {
      path = folder.path();
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      Files.createFile(path.resolve("a"));
      Files.createDirectories(path.resolve("b/c"));
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void whatKilledProgramsLeftIsDeletedAndNothingElse() throws IOException {
    Path old = abandoned("hgn4j-private-1", Duration.ofHours(1));
    Path fresh = abandoned("hgn4j-private-2", Duration.ofSeconds(5));
    Path other = abandoned("mine", Duration.ofHours(1));
    Path link = Files.createSymbolicLink(parent.resolve("hgn4j-private-3"), other.toAbsolutePath());
    Path file = Files.createFile(parent.resolve("hgn4j-private-4"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    PrivateFolder.in(parent).close();
    assertFalse(Files.exists(old));
    for (Path kept : List.of(fresh, other.resolve("libhgn4j.so"), link, file)) {
      assertTrue(Files.exists(kept), kept.toString());
    }
  }

  @Test
  void whatARunningProcessNeedsStays() throws IOException {
    long self = ProcessHandle.current().pid();
    Path own = PrivateFolder.untilExit(parent);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
    Files.setLastModifiedTime(own, FileTime.from(Instant.EPOCH));
    Path needed = abandoned("hgn4j-private-" + self + "-of-7", Duration.ofDays(9));
    Path dead = abandoned("hgn4j-private-999999999999-of-7", Duration.ofHours(1));
    Path young = abandoned("hgn4j-private-999999999999-of-8", Duration.ofSeconds(5));
    PrivateFolder.untilExit(parent);
    assertFalse(Files.exists(dead));
    for (Path kept : List.of(own, needed, young)) {
      assertTrue(Files.exists(kept), kept.toString());
    }
  }

  @Test
  void aFolderInWhichOthersMayRenameFilesIsRefused() throws IOException {
    for (String mode : List.of("rwxrwxrwx", "rwxrwxr-x", "rwx----w-")) {
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString(mode));
      FileSystemException refusal =
          assertThrows(FileSystemException.class, () -> PrivateFolder.in(parent));
      assertEquals("others may rename what is in it", refusal.getReason());
    }
    Files.setAttribute(parent, "unix:mode", 01777);
    PrivateFolder.in(parent).close();
    assertThrows(NotDirectoryException.class, () -> PrivateFolder.in(parent.resolve("missing")));
  }

  @Test
  void anotherUsersFolderIsRefused() throws IOException {
    assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "not root");
    Path theirs = Files.createDirectory(parent.resolve("theirs"));
    Files.setAttribute(theirs, "unix:uid", 65534);
    FileSystemException refusal =
        assertThrows(FileSystemException.class, () -> PrivateFolder.in(theirs));
    assertEquals("it is another user's", refusal.getReason());
  }

  @Test
  void foldersForCodeAreThoseOfThisMachineAndThenTheUsers() {
    assertEquals(
        List.of("/t", "/var/tmp", "/run/user/1", "/c", "/home/a/.cache", "/home/a"),
        CodeFolders.of(
                "/t", "/home/a", Map.of("XDG_RUNTIME_DIR", "/run/user/1", "XDG_CACHE_HOME", "/c"))
            .stream()
            .map(Path::toString)
            .toList());
    assertEquals(
        List.of("/var/tmp"),
        CodeFolders.of("/var/tmp", "?", Map.of("XDG_RUNTIME_DIR", "")).stream()
            .map(Path::toString)
            .toList());
  }
}
