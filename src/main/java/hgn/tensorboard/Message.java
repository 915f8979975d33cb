package hgn.tensorboard;

import hgn.tfrecord.ProtoWriter;

/** A message in the wire format of protocol buffers, written field by field. */
final class Message {
  private final ProtoWriter out = new ProtoWriter();

  /** A field of type {@code double}. */
  Message put(int field, double value) {
    out.write(field, value);
    return this;
  }

  /** A field of type {@code float}. */
  Message put(int field, float value) {
    out.write(field, value);
    return this;
  }

  /** A field of one of the types {@code int32}, {@code int64} and enumerations. */
  Message put(int field, long value) {
    out.write(field, value);
    return this;
  }

  /** A field of type {@code string}. */
  Message put(int field, String value) {
    out.write(field, value);
    return this;
  }

  /** A field of type {@code bytes}. */
  Message put(int field, byte[] value) {
    out.write(field, value);
    return this;
  }

  /** A field that is a message itself. */
  Message put(int field, Message value) {
    return put(field, value.toBytes());
  }

  /** A repeated, packed field of type {@code double}. */
  Message put(int field, double[] values) {
    Message packed = new Message();
    for (double value : values) {
      packed.out.writeAlone(value);
    }
    return put(field, packed);
  }

  /** All fields so far. */
  byte[] toBytes() {
    return out.toBytes();
  }
}
