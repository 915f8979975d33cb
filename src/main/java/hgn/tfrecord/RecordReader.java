package hgn.tfrecord;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the records of a TFRecord file from the first on, as far as they are whole: a crash may
 * have left half of the last one.
 */
public final class RecordReader implements AutoCloseable {
  private final InputStream in;
  private final long size;
  private long end;

  /** At the beginning of a file. */
  public RecordReader(Path file) throws IOException {
    size = Files.size(file);
    in = new BufferedInputStream(Files.newInputStream(file));
  }

  /** The data of the next record; empty at the end, or where the next one is not whole. */
  public Optional<byte[]> next() throws IOException {
    ByteBuffer header = read(RecordFrame.HEADER);
    if (header.limit() < RecordFrame.HEADER || !RecordFrame.hasRightChecksum(header)) {
      return Optional.empty();
    }
    long length = header.getLong();
    long left = size - end - RecordFrame.HEADER - RecordFrame.FOOTER;
    if (length < 0 || length > left || length > Integer.MAX_VALUE - Long.SIZE) {
      return Optional.empty();
    }
    byte[] data = read((int) length).array();
    ByteBuffer checksum = read(RecordFrame.FOOTER);
    if (checksum.limit() < RecordFrame.FOOTER || checksum.getInt() != MaskedCrc.of(data)) {
      return Optional.empty();
    }
    end += RecordFrame.HEADER + length + RecordFrame.FOOTER;
    return Optional.of(data);
  }

  private ByteBuffer read(int count) throws IOException {
    return ByteBuffer.wrap(in.readNBytes(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes of the whole records that were read. */
  public long end() {
    return end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
