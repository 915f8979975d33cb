package hgn.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parsed header of a safetensors file: a JSON object of tensors, each {@code {"dtype", "shape",
 * "data_offsets": [begin, end]}}, and of strings under {@code __metadata__}. The tensors must cover
 * the data exactly, without gap or overlap.
 *
 * @param metadata the strings
 * @param tensors the tensors by name, in the order of their data
 */
record SafetensorsHeader(
    SortedMap<String, String> metadata, Map<String, SafetensorsEntry> tensors) {
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A defect of a header; the reader adds the file's name and the remedy. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean foreign;

    Malformed(String problem) {
      this(problem, false);
    }

    private Malformed(String problem, boolean foreign) {
      super(problem);
      this.foreign = foreign;
    }

    /** Whether the file may be whole, but is not understood here. */
    boolean isForeign() {
      return foreign;
    }
  }

  /** Parses {@code json} for a file that has {@code dataBytes} after its header. */
  static SafetensorsHeader parse(byte[] json, long dataBytes) throws Malformed {
    JsonNode root = readTree(json);
    if (!root.isObject()) {
      throw new Malformed("its header is not a JSON object");
    }
    TreeMap<String, String> metadata = new TreeMap<>();
    List<SafetensorsEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(field.getValue(), metadata);
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    entries.sort(
        Comparator.comparingLong(SafetensorsEntry::begin)
            .thenComparingLong(SafetensorsEntry::end)
            .thenComparing(SafetensorsEntry::name));
    requireCover(entries, dataBytes);
    Map<String, SafetensorsEntry> tensors = new LinkedHashMap<>();
    entries.forEach(entry -> tensors.put(entry.name(), entry));
    return new SafetensorsHeader(
        Collections.unmodifiableSortedMap(metadata), Collections.unmodifiableMap(tensors));
  }

  private static JsonNode readTree(byte[] json) throws Malformed {
    try {
      // Decoded here, since Jackson would guess at other encodings than the format's UTF-8.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      return JSON.readTree(text);
    } catch (CharacterCodingException error) {
      throw new Malformed("its header is not UTF-8 text");
    } catch (JsonProcessingException error) {
      throw new Malformed("its header is not valid JSON (" + error.getOriginalMessage() + ")");
    }
  }

  private static void readMetadata(JsonNode node, Map<String, String> into) throws Malformed {
    if (node.isNull()) {
      return; // as some write that there is none
    }
    if (!node.isObject()) {
      throw new Malformed(METADATA + " is not an object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new Malformed(METADATA + " entry '" + field.getKey() + "' is not a string");
      }
      into.put(field.getKey(), field.getValue().textValue());
    }
  }

  private static SafetensorsEntry entry(String name, JsonNode node) throws Malformed {
    if (!node.isObject()) {
      throw new Malformed("tensor '" + name + "' is not described by an object");
    }
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!List.of("dtype", "shape", "data_offsets").contains(key)) {
        throw new Malformed("tensor '" + name + "' has an unknown property '" + key + "'");
      }
    }
    SafetensorsType type = type(name, node.path("dtype"));
    List<Integer> shape = shape(name, node.path("shape"));
    JsonNode offsets = node.path("data_offsets");
    if (!offsets.isArray() || offsets.size() != 2) {
      throw new Malformed("tensor '" + name + "' has no pair of data_offsets");
    }
    long begin = natural(name, "data offset", offsets.get(0));
    long end = natural(name, "data offset", offsets.get(1));
    long bytes =
        type.bytes(shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b));
    if (end < begin || end - begin != bytes) {
      throw new Malformed(
          ("tensor '" + name + "' of shape " + shape + " and type " + type)
              + (" needs " + bytes + " bytes, its data_offsets [")
              + (begin + ", " + end + "] give " + (end - begin)));
    }
    return new SafetensorsEntry(name, type, shape, begin, end);
  }

  private static SafetensorsType type(String name, JsonNode node) throws Malformed {
    for (SafetensorsType type : SafetensorsType.values()) {
      if (type.name().equals(node.textValue())) {
        return type;
      }
    }
    throw new Malformed("tensor '" + name + "' has the dtype " + node + ", of no known size", true);
  }

  private static List<Integer> shape(String name, JsonNode node) throws Malformed {
    if (!node.isArray()) {
      throw new Malformed("tensor '" + name + "' has no shape");
    }
    List<Integer> dims = new ArrayList<>();
    long count = 1;
    for (JsonNode element : node) {
      long dim = natural(name, "dimension", element);
      if (dim > Integer.MAX_VALUE || count * dim > Integer.MAX_VALUE) {
        throw new Malformed(
            "tensor '" + name + "' of shape " + node + " is above 2^31 elements", true);
      }
      dims.add((int) dim);
      count *= dim;
    }
    return dims;
  }

  private static long natural(String name, String what, JsonNode node) throws Malformed {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new Malformed("tensor '" + name + "' has the " + what + " " + node);
    }
    return node.longValue();
  }

  private static void requireCover(List<SafetensorsEntry> entries, long dataBytes)
      throws Malformed {
    long covered = 0;
    String previous = "the header";
    for (SafetensorsEntry entry : entries) {
      if (entry.begin() != covered) {
        throw new Malformed(
            (entry.begin() < covered ? "tensors overlap: '" : "there is a gap: '")
                + (entry.name() + "' starts at byte " + entry.begin() + " of the data, '")
                + (previous + "' ends at " + covered));
      }
      covered = entry.end();
      previous = entry.name();
    }
    if (covered > dataBytes) {
      throw new Malformed("it is truncated: " + dataBytes + " of " + covered + " bytes of data");
    }
    if (covered < dataBytes) {
      throw new Malformed((dataBytes - covered) + " bytes follow the last tensor");
    }
  }
}
