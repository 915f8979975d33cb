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
 * new one.
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

  private AtomicFile() {}

  /**
   * Writes {@code file}; its folder must exist.
   *
   * @throws StorageException if writing fails; {@code file} is then unchanged
   */
  public static void write(Path file, Body body) {
    replace(file, body, true);
  }

  private static void replace(Path file, Body body, boolean sync) {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      writeNew(temporary, body, sync);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      if (sync) {
        syncFolder(target.getParent());
      }
    } catch (IOException error) {
      discard(temporary, error);
      throw new StorageException(file, "cannot write", error);
    } catch (RuntimeException | Error error) {
      discard(temporary, error);
      throw error;
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

  /** Writes all bytes that remain in {@code bytes}. */
  public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Removes what a killed process has left first: a link of that name would be followed. */
  private static void writeNew(Path temporary, Body body, boolean sync) throws IOException {
    Files.deleteIfExists(temporary);
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

  private static void discard(Path temporary, Throwable cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException second) {
      cause.addSuppressed(second);
    }
  }
}
