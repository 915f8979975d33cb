package hgn.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * A new folder that only this user can read and write, with a name that nobody can foresee; it is
 * deleted with its files when it is closed.
 */
public final class PrivateFolder implements AutoCloseable {
  private static final String PREFIX = "hgn4j-private-";

  /** Between the process that needs it and what makes the name unforeseeable. */
  private static final String OWNED = "-of-";

  private static final Duration ABANDONED = Duration.ofMinutes(10);
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  private final Path folder;

  private PrivateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes one in {@code parent}. Deletes there what programs that were killed have left behind.
   *
   * @throws IOException if it cannot be made, or others could put another folder in its place
   */
  public static PrivateFolder in(Path parent) throws IOException {
    requireNobodyElseCanReplace(parent);
    sweep(parent);
    return new PrivateFolder(Files.createTempDirectory(parent, PREFIX)); // for the owner only
  }

  /**
   * Makes one as {@link #in} does, for files that this process needs until it ends. They are
   * deleted then, and if it is killed, by a later program.
   */
  public static Path untilExit(Path parent) throws IOException {
    sweep(parent);
    String owner = PREFIX + ProcessHandle.current().pid() + OWNED;
    Path folder = Files.createTempDirectory(parent, owner);
    folder.toFile().deleteOnExit();
    return folder;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  private static void requireNobodyElseCanReplace(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      throw new NotDirectoryException(parent.toString());
    }
    int mode = (Integer) Files.getAttribute(parent, "unix:mode");
    int owner = (Integer) Files.getAttribute(parent, "unix:uid");
    if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
      throw new FileSystemException(parent.toString(), null, "others may rename what is in it");
    }
    if (owner != 0 && owner != me()) {
      throw new FileSystemException(parent.toString(), null, "it is another user's");
    }
  }

  private static int me() throws IOException {
    return (Integer)
        Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Only what is this user's and has been left alone for a while: others may be at work. */
  private static void sweep(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          delete(folder);
        }
      }
    } catch (IOException unreadable) {
      return; // then nothing is swept
    }
  }

  private static boolean isAbandoned(Path folder) {
    try {
      FileTime changed = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && me() == (Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
          && !isInUse(folder.getFileName().toString())
          && changed.toInstant().isBefore(Instant.now().minus(ABANDONED));
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether the name tells a process that still runs. */
  private static boolean isInUse(String name) {
    int end = name.indexOf(OWNED);
    if (end < PREFIX.length()) {
      return false;
    }
    String pid = name.substring(PREFIX.length(), end);
    return pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  /** Deletes a folder and the files in it, as far as possible. */
  private static void delete(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          delete(file);
        } else {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException leftBehind) {
      return; // it is swept by a later program
    }
  }

  @Override
  public void close() {
    delete(folder);
  }
}
