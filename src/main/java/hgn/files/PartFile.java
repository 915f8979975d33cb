package hgn.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden file in which one writer prepares the new contents of another file. Its name tells the
 * writer, so that no two share it, and so that what a killed writer left can be removed.
 *
 * @param path the hidden file
 * @param stem beginning of the names of all hidden files for the same target
 */
record PartFile(Path path, String stem) {
  /** A file system allows 255 bytes; the rest is for the writer. */
  private static final int LONGEST_NAME = 120;

  private static final int LONGEST_HOST = 64;

  private static final String END = ".tmp";

  private static final Pattern WRITER = Pattern.compile("\\.([0-9]{1,18})-[0-9]+@(.*)\\.tmp$");

  /** Age at which the file of a writer that cannot be asked counts as abandoned. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private static final AtomicLong COUNT = new AtomicLong();

  /** Chooses a name that nobody else uses. */
  static PartFile beside(Path target) {
    String name = target.getFileName().toString();
    boolean isShort = name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
    String stem = "." + (isShort ? name : Integer.toHexString(name.hashCode()));
    String writer = "." + LockHolder.self().pid() + "-" + COUNT.incrementAndGet() + "@" + host();
    return new PartFile(target.resolveSibling(stem + writer + END), stem);
  }

  private static String host() {
    String host = LockHolder.self().host().replaceAll("[^A-Za-z0-9._-]", "_");
    return host.substring(0, Math.min(host.length(), LONGEST_HOST));
  }

  /** Whether a file has the name of a hidden file, of whatever target and writer. */
  static boolean isHidden(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(END);
  }

  /** Removes what killed writers left behind in the same folder, as far as possible. */
  void sweep() {
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(path.getParent(), PartFile::isHidden)) {
      for (Path other : others) {
        if (isAbandoned(other)) {
          Files.deleteIfExists(other);
        }
      }
    } catch (IOException | DirectoryIteratorException unremoved) {
      // it harms nobody, and the next writer tries again
    }
  }

  private boolean isAbandoned(Path other) throws IOException {
    String name = other.getFileName().toString();
    if (name.equals(stem + END)) { // as earlier versions named theirs
      return true;
    }
    Matcher writer = WRITER.matcher(name);
    if (!writer.find()) { // not of this program
      return false;
    }
    if (writer.group(2).equals(host())) {
      return ProcessHandle.of(Long.parseLong(writer.group(1))).isEmpty();
    }
    return Files.getLastModifiedTime(other, LinkOption.NOFOLLOW_LINKS)
        .toInstant()
        .isBefore(Instant.now().minus(ABANDONED));
  }
}
