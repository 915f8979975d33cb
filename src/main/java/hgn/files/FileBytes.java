package hgn.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads parts of files. */
public final class FileBytes {
  private FileBytes() {}

  /**
   * Reads {@code count} bytes from position {@code at}, little endian.
   *
   * @throws EOFException if the file is too short
   */
  public static ByteBuffer read(FileChannel channel, long at, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("the file ends at byte " + channel.size());
      }
    }
    return buffer.flip();
  }
}
