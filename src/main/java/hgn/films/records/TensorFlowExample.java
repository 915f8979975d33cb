package hgn.films.records;

import hgn.tfrecord.ProtoReader;
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
    ProtoReader in = new ProtoReader(data);
    forEachMessage(
        in, FIRST, features -> forEachMessage(features, FIRST, entry -> example.add(entry)));
    return example;
  }

  private void add(ProtoReader entry) throws IOException {
    String name = "";
    byte[] feature = new byte[0];
    for (int tag = entry.tag(); tag != 0; tag = entry.tag()) {
      if (tag == ProtoReader.lengthTag(FIRST)) {
        name = entry.string();
      } else if (tag == ProtoReader.lengthTag(SECOND)) {
        feature = entry.bytes();
      } else {
        entry.skip(tag);
      }
    }
    ProtoReader in = new ProtoReader(feature);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == ProtoReader.lengthTag(FIRST)) {
        bytes.put(name, strings(in.bytes()));
      } else if (tag == ProtoReader.lengthTag(SECOND)) {
        floats.put(name, floats(in.bytes()));
      } else if (tag == ProtoReader.lengthTag(THIRD)) {
        integers.put(name, integers(in.bytes()));
      } else {
        in.skip(tag);
      }
    }
  }

  private static List<byte[]> strings(byte[] list) throws IOException {
    List<byte[]> strings = new ArrayList<>();
    ProtoReader in = new ProtoReader(list);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == ProtoReader.lengthTag(FIRST)) {
        strings.add(in.bytes());
      } else {
        in.skip(tag);
      }
    }
    return strings;
  }

  /** The list may be packed or not. */
  private static float[] floats(byte[] list) throws IOException {
    List<Float> values = new ArrayList<>();
    ProtoReader in = new ProtoReader(list);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == ProtoReader.lengthTag(FIRST)) {
        ProtoReader packed = new ProtoReader(in.bytes());
        while (!packed.isAtEnd()) {
          values.add(packed.number());
        }
      } else if (ProtoReader.field(tag) == FIRST) {
        values.add(in.number());
      } else {
        in.skip(tag);
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
    ProtoReader in = new ProtoReader(list);
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == ProtoReader.lengthTag(FIRST)) {
        ProtoReader packed = new ProtoReader(in.bytes());
        while (!packed.isAtEnd()) {
          values.add(packed.integer());
        }
      } else if (ProtoReader.field(tag) == FIRST) {
        values.add(in.integer());
      } else {
        in.skip(tag);
      }
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  @FunctionalInterface
  private interface Reading {
    void of(ProtoReader message) throws IOException;
  }

  private static void forEachMessage(ProtoReader in, int field, Reading reading)
      throws IOException {
    for (int tag = in.tag(); tag != 0; tag = in.tag()) {
      if (tag == ProtoReader.lengthTag(field)) {
        reading.of(new ProtoReader(in.bytes()));
      } else {
        in.skip(tag);
      }
    }
  }
}
