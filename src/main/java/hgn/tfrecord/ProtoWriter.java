package hgn.tfrecord;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a message in the wire format of protocol buffers, field by field. (Google's library cannot
 * be used: it needs {@code sun.misc.Unsafe}, which JDK 24 warns of and later ones refuse.)
 */
public final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A field of type {@code double}. */
  public void write(int field, double value) {
    tag(field, EIGHT_BYTES);
    writeAlone(value);
  }

  /** A field of type {@code float}. */
  public void write(int field, float value) {
    tag(field, FOUR_BYTES);
    out.writeBytes(little(Float.BYTES).putFloat(value).array());
  }

  /** A field of one of the types {@code int32}, {@code int64} and enumerations. */
  public void write(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  /** A field of type {@code string}. */
  public void write(int field, String value) {
    write(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of type {@code bytes}, or a message. */
  public void write(int field, byte[] value) {
    tag(field, LENGTH);
    varint(value.length);
    out.writeBytes(value);
  }

  /** A {@code double} among others of a packed field. */
  public void writeAlone(double value) {
    out.writeBytes(little(Double.BYTES).putDouble(value).array());
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f | 0x80));
    }
    out.write((int) rest);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All fields so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }
}
