package hgn.films.arrays;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CheckedInputStream;

/** A stream of numbers of one type. */
final class NumberStream implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final CheckedInputStream in;
  private final long crc;
  private final ElementType type;
  private final ByteBuffer buffer;

  /**
   * Creates a stream of numbers.
   *
   * @param in the stream, whose checksum includes the header before the numbers
   * @param crc expected CRC-32 of the whole stream
   */
  NumberStream(CheckedInputStream in, long crc, ElementType type, ByteOrder order) {
    this.in = in;
    this.crc = crc;
    this.type = type;
    buffer = ByteBuffer.allocate(BUFFER).order(order).limit(0);
  }

  /** Returns the next number. */
  double next() throws IOException {
    if (buffer.remaining() == 0) {
      fill();
    }
    return switch (type) {
      case UINT8 -> buffer.get() & 255;
      case FLOAT32 -> buffer.getFloat();
      case FLOAT64 -> buffer.getDouble();
    };
  }

  private void fill() throws IOException {
    int read = in.readNBytes(buffer.array(), 0, BUFFER);
    int whole = read - read % type.bytes();
    if (whole == 0) {
      throw new EOFException("it ends before its numbers do");
    }
    buffer.position(0).limit(whole);
  }

  /** Compares the checksum with that of all bytes read. */
  void requireWhole() throws IOException {
    in.skip(Long.MAX_VALUE);
    if (in.getChecksum().getValue() != crc) {
      throw new IOException("a checksum in it is wrong");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
