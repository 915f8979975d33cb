package hgn.films;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of one type, one after the other. */
final class NumberStream implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final ElementType type;
  private final ByteBuffer buffer;

  NumberStream(InputStream in, ElementType type, ByteOrder order) {
    this.in = in;
    this.type = type;
    buffer = ByteBuffer.allocate(BUFFER).order(order).limit(0);
  }

  /** The next one. */
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

  @Override
  public void close() throws IOException {
    in.close();
  }
}
