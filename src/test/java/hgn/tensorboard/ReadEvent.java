package hgn.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import hgn.tfrecord.RecordReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An event as it is read back.
 *
 * @param step that it belongs to
 * @param starts whether it is the start of a session
 * @param version of the file, or null
 * @param values fields of each value by tag; fields of messages within it are bytes
 */
record ReadEvent(
    long step, boolean starts, String version, Map<String, Map<Integer, Object>> values) {
  static final int SCALAR = 2;
  static final int IMAGE = 4;
  static final int HISTOGRAM = 5;
  static final int TENSOR = 8;

  /** All whole events of a file. */
  static List<ReadEvent> all(Path file) throws IOException {
    List<ReadEvent> events = new ArrayList<>();
    try (RecordReader records = new RecordReader(file)) {
      Optional<byte[]> next = records.next();
      while (next.isPresent()) {
        events.add(parse(next.get()));
        next = records.next();
      }
    }
    return events;
  }

  /** All whole events of several files. */
  static List<ReadEvent> all(List<Path> files) throws IOException {
    List<ReadEvent> events = new ArrayList<>();
    for (Path file : files) {
      events.addAll(all(file));
    }
    return events;
  }

  /** Each scalar as "step tag value", in order. */
  static List<String> scalars(List<ReadEvent> events) {
    List<String> scalars = new ArrayList<>();
    for (ReadEvent event : events) {
      event.values.forEach(
          (tag, fields) -> {
            if (fields.containsKey(SCALAR)) {
              scalars.add(event.step + " " + tag + " " + fields.get(SCALAR));
            }
          });
    }
    return scalars;
  }

  private static ReadEvent parse(byte[] data) throws IOException {
    Map<Integer, Object> fields = new TreeMap<>();
    Map<String, Map<Integer, Object>> values = new TreeMap<>();
    CodedInputStream in = CodedInputStream.newInstance(data);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 5) {
        CodedInputStream summary = CodedInputStream.newInstance(in.readByteArray());
        while (summary.readTag() != 0) {
          Map<Integer, Object> value = fields(summary.readByteArray());
          values.put(text(value.get(1)), value);
        }
      } else {
        fields.put(WireFormat.getTagFieldNumber(tag), field(in, tag));
      }
    }
    return new ReadEvent(
        (Long) fields.getOrDefault(2, 0L),
        fields.containsKey(7) && fields((byte[]) fields.get(7)).get(1).equals(1L),
        fields.containsKey(3) ? text(fields.get(3)) : null,
        values);
  }

  /** The fields of a message by their numbers; of repeated ones the last. */
  static Map<Integer, Object> fields(byte[] message) throws IOException {
    Map<Integer, Object> fields = new TreeMap<>();
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      fields.put(WireFormat.getTagFieldNumber(tag), field(in, tag));
    }
    return fields;
  }

  private static Object field(CodedInputStream in, int tag) throws IOException {
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> in.readInt64();
      case WireFormat.WIRETYPE_FIXED64 -> in.readDouble();
      case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
      default -> in.readByteArray();
    };
  }

  static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  /** Numbers of a packed field. */
  static double[] doubles(Object bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance((byte[]) bytes);
    double[] numbers = new double[((byte[]) bytes).length / Double.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }
}
