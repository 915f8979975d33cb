package hgn.tfrecord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message in the wire format of protocol buffers: a tag, then its value, which is read or
 * {@linkplain #skip skipped}. See {@link ProtoWriter} for why it is not Google's.
 */
public final class ProtoReader {
  /** The type, in the low three bits of a tag, of strings, bytes, messages and packed lists. */
  public static final int LENGTH = 2;

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int FOUR_BYTES = 5;
  private static final int TYPE = 7;

  private final ByteBuffer in;

  /** Reads {@code message} from its first byte. */
  public ProtoReader(byte[] message) {
    in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether nothing is left. */
  public boolean isAtEnd() {
    return !in.hasRemaining();
  }

  /** The tag of a field of strings, bytes, messages or packed lists. */
  public static int lengthTag(int field) {
    return field << 3 | LENGTH;
  }

  /** The field that a tag is of. */
  public static int field(int tag) {
    return tag >>> 3;
  }

  /**
   * The next field's tag, 0 at the end.
   *
   * @throws IOException if it is none
   */
  public int tag() throws IOException {
    if (isAtEnd()) {
      return 0;
    }
    int tag = (int) integer();
    if (field(tag) == 0) {
      throw new IOException("not a protocol buffer: a field with the number 0");
    }
    return tag;
  }

  /** An {@code int32}, {@code int64} or enumeration. */
  public long integer() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1);
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("not a protocol buffer: a number of more than ten bytes");
  }

  /** A {@code float}. */
  public float number() throws IOException {
    require(Float.BYTES);
    return in.getFloat();
  }

  /** A string. */
  public String string() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Bytes, a message or a packed list. */
  public byte[] bytes() throws IOException {
    byte[] bytes = new byte[length()];
    in.get(bytes);
    return bytes;
  }

  /** Passes over the value behind {@code tag}. */
  public void skip(int tag) throws IOException {
    switch (tag & TYPE) {
      case VARINT -> integer();
      case EIGHT_BYTES -> pass(Double.BYTES);
      case FOUR_BYTES -> pass(Float.BYTES);
      case LENGTH -> pass(length());
      default -> throw new IOException("not a protocol buffer: a field of type " + (tag & TYPE));
    }
  }

  private int length() throws IOException {
    long length = integer();
    require(length);
    return (int) length;
  }

  private void pass(int bytes) throws IOException {
    require(bytes);
    in.position(in.position() + bytes);
  }

  private void require(long bytes) throws IOException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new IOException("not a protocol buffer, or a part of one: it ends within a field");
    }
  }
}
