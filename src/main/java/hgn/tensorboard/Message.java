package hgn.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message in the wire format of protocol buffers, written field by field. */
final class Message {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Writes one field. */
  @FunctionalInterface
  private interface Field {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private Message add(Field field) {
    try {
      field.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the bytes are in memory
    }
    return this;
  }

  /** A field of type {@code double}. */
  Message put(int field, double value) {
    return add(to -> to.writeDouble(field, value));
  }

  /** A field of type {@code float}. */
  Message put(int field, float value) {
    return add(to -> to.writeFloat(field, value));
  }

  /** A field of one of the types {@code int32}, {@code int64} and enumerations. */
  Message put(int field, long value) {
    return add(to -> to.writeInt64(field, value));
  }

  /** A field of type {@code string}. */
  Message put(int field, String value) {
    return add(to -> to.writeString(field, value));
  }

  /** A field of type {@code bytes}. */
  Message put(int field, byte[] value) {
    return add(to -> to.writeByteArray(field, value));
  }

  /** A field that is a message itself. */
  Message put(int field, Message value) {
    return put(field, value.toBytes());
  }

  /** A repeated, packed field of type {@code double}. */
  Message put(int field, double[] values) {
    Message packed = new Message();
    for (double value : values) {
      packed.add(to -> to.writeDoubleNoTag(value));
    }
    return put(field, packed);
  }

  /** All fields so far. */
  byte[] toBytes() {
    add(CodedOutputStream::flush);
    return bytes.toByteArray();
  }
}
