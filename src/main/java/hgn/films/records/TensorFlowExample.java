package hgn.films.records;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code tf.train.Example}: named lists of byte strings, floats or integers. In protocol buffer
 * wire format, field 1 of the example contains entries (field 1 the name, field 2 the feature) in
 * its own field 1; field 1, 2 or 3 of a feature contains a list in its field 1.
 *
 * @param bytes byte strings by name
 * @param floats floats by name
 * @param integers integers by name
 */
record TensorFlowExample(
    Map<String, List<byte[]>> bytes, Map<String, float[]> floats, Map<String, long[]> integers) {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 3;

  /**
   * Parses an example.
   *
   * @throws IOException if the data is not an example
   */
  static TensorFlowExample parse(byte[] data) throws IOException {
    TensorFlowExample example =
        new TensorFlowExample(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    CodedInputStream in = CodedInputStream.newInstance(data);
    forEachMessage(
        in, FIRST, features -> forEachMessage(features, FIRST, entry -> example.add(entry)));
    return example;
  }

  private void add(CodedInputStream entry) throws IOException {
    String name = "";
    byte[] feature = new byte[0];
    for (int tag = entry.readTag(); tag != 0; tag = entry.readTag()) {
      if (tag == tag(FIRST)) {
        name = entry.readString();
      } else if (tag == tag(SECOND)) {
        feature = entry.readByteArray();
      } else {
        entry.skipField(tag);
      }
    }
    CodedInputStream in = CodedInputStream.newInstance(feature);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(FIRST)) {
        bytes.put(name, strings(in.readByteArray()));
      } else if (tag == tag(SECOND)) {
        floats.put(name, floats(in.readByteArray()));
      } else if (tag == tag(THIRD)) {
        integers.put(name, integers(in.readByteArray()));
      } else {
        in.skipField(tag);
      }
    }
  }

  private static List<byte[]> strings(byte[] list) throws IOException {
    List<byte[]> strings = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(list);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(FIRST)) {
        strings.add(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
    return strings;
  }

  /** The list may be packed or not. */
  private static float[] floats(byte[] list) throws IOException {
    List<Float> values = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(list);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(FIRST)) {
        CodedInputStream packed = CodedInputStream.newInstance(in.readByteArray());
        while (!packed.isAtEnd()) {
          values.add(packed.readFloat());
        }
      } else if (WireFormat.getTagFieldNumber(tag) == FIRST) {
        values.add(in.readFloat());
      } else {
        in.skipField(tag);
      }
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static long[] integers(byte[] list) throws IOException {
    List<Long> values = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(list);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(FIRST)) {
        CodedInputStream packed = CodedInputStream.newInstance(in.readByteArray());
        while (!packed.isAtEnd()) {
          values.add(packed.readInt64());
        }
      } else if (WireFormat.getTagFieldNumber(tag) == FIRST) {
        values.add(in.readInt64());
      } else {
        in.skipField(tag);
      }
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  @FunctionalInterface
  private interface Reading {
    void of(CodedInputStream message) throws IOException;
  }

  private static void forEachMessage(CodedInputStream in, int field, Reading reading)
      throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == tag(field)) {
        reading.of(CodedInputStream.newInstance(in.readByteArray()));
      } else {
        in.skipField(tag);
      }
    }
  }

  /** The tag of a length-delimited field. */
  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
