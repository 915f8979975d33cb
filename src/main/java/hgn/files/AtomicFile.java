package hgn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file atomically: the new contents are written to a hidden file in the same folder,
 * synced to disk and renamed over the old file. A reader always finds either the old file or the
 * new one, and of several writers, also in different processes, one wins as a whole. A symbolic
 * link is replaced, not followed. A file under {@code /dev}, such as {@code /dev/stdout}, is
 * written in place.
 */
public final class AtomicFile {
  /** Writes the contents. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything to {@code channel}. */
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Writes the contents to a stream. */
  @FunctionalInterface
  public interface StreamBody {
    /** Writes everything to {@code out}, which need not be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Makes a file of its own. */
  @FunctionalInterface
  public interface FileBody {
    /** Makes {@code file}, which does not exist yet. */
    void make(Path file) throws IOException;
  }

  private static final Path DEVICES = Path.of("/dev");

  private AtomicFile() {}

  /** Whether {@code file} is what a process that was killed while writing has left behind. */
  public static boolean isUnfinished(Path file) {
    return PartFile.isHidden(file);
  }

  /**
   * Writes {@code file}; its folder must exist.
   *
   * @throws StorageException if writing fails; {@code file} is then unchanged
   */
  public static void write(Path file, Body body) {
    replace(file, body, true);
  }

  private static void replace(Path file, Body body, boolean sync) {
    if (file.toAbsolutePath().normalize().startsWith(DEVICES)) {
      writeDevice(file, body);
    } else {
      replaceFile(file, part -> writeNew(part, body, sync), sync);
    }
  }

  private static void replaceFile(Path file, FileBody body, boolean sync) {
    Path target = file.toAbsolutePath();
    PartFile part = null;
    try {
      part = PartFile.beside(target);
      Files.deleteIfExists(part.path()); // a link of that name would be followed
      body.make(part.path());
      Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE);
      if (sync) {
        syncFolder(target.getParent());
        part.sweep();
      }
    } catch (IOException error) {
      discard(part, error);
      throw new StorageException(file, "cannot write", error);
    } catch (RuntimeException | Error error) {
      discard(part, error);
      throw error;
    }
  }

  private static void writeDevice(Path file, Body body) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      body.writeTo(channel);
    } catch (IOException error) {
      throw new StorageException(file, "cannot write", error);
    }
  }

  /** Writes text as UTF-8. */
  public static void write(Path file, String text) {
    write(file, channel -> writeAll(channel, StandardCharsets.UTF_8.encode(text)));
  }

  /**
   * As {@link #write(Path, Body)}, for reproducible contents written to a stream. The file is not
   * synced, which may take long on a busy disk, and may be damaged by a power failure.
   */
  public static void writeStream(Path file, StreamBody body) {
    replace(
        file,
        channel -> {
          var out = new BufferedOutputStream(Channels.newOutputStream(channel));
          body.writeTo(out);
          out.flush();
        },
        false);
  }

  /**
   * As {@link #writeStream}, for contents that another program writes to a file whose name it is
   * given.
   */
  public static void writeFile(Path file, FileBody body) {
    replaceFile(file, body, false);
  }

  /** Writes all bytes that remain in {@code bytes}. */
  public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void writeNew(Path temporary, Body body, boolean sync) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      body.writeTo(channel);
      if (sync) {
        channel.force(true);
      }
    }
  }

  /** Makes the rename durable. Some systems cannot open a folder and do not need it. */
  private static void syncFolder(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (IOException unsupported) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  private static void discard(PartFile part, Throwable cause) {
    try {
      if (part != null) {
        Files.deleteIfExists(part.path());
      }
    } catch (IOException second) {
      cause.addSuppressed(second);
    }
  }
}
