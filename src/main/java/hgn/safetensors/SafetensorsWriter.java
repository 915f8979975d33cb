package hgn.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.StorageException;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Collects tensors and strings and writes them as one safetensors file.
 *
 * <p>The bytes do not depend on the order of the calls. Tensors are sorted by name, 8-byte elements
 * before 4-byte elements, so that each is aligned to its element size. The header is padded with
 * blanks to a multiple of 8 bytes.
 */
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Item(String name, SafetensorsType type, Shape shape, ByteBuffer data) {}

  private final TreeMap<String, String> metadata = new TreeMap<>();
  private final TreeMap<String, Item> items = new TreeMap<>();

  /** Sets a metadata string. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Adds 32-bit floats. */
  public SafetensorsWriter put(String name, Shape shape, float[] values) {
    ByteBuffer data = allocate(name, SafetensorsType.F32, shape, values.length);
    data.asFloatBuffer().put(values);
    return this;
  }

  /** Adds 64-bit floats. */
  public SafetensorsWriter put(String name, Shape shape, double[] values) {
    ByteBuffer data = allocate(name, SafetensorsType.F64, shape, values.length);
    data.asDoubleBuffer().put(values);
    return this;
  }

  /** Adds 64-bit integers. */
  public SafetensorsWriter put(String name, Shape shape, long[] values) {
    ByteBuffer data = allocate(name, SafetensorsType.I64, shape, values.length);
    data.asLongBuffer().put(values);
    return this;
  }

  /** Adds a copy of a tensor, in its own dtype. */
  public SafetensorsWriter put(String name, Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32
        ? put(name, tensor.shape(), tensor.toFloats())
        : put(name, tensor.shape(), tensor.toDoubles());
  }

  private ByteBuffer allocate(String name, SafetensorsType type, Shape shape, int count) {
    if (count != shape.count()) {
      throw new IllegalArgumentException(
          "[safetensors] " + count + " values for '" + name + "' of shape " + shape);
    }
    if (name.equals(SafetensorsHeader.METADATA) || items.containsKey(name)) {
      throw new IllegalArgumentException(
          "[safetensors] the name '" + name + "' is taken; give the tensor another");
    }
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    items.put(name, new Item(name, type, shape, data));
    return data;
  }

  /**
   * Writes the file, replacing it {@linkplain AtomicFile atomically}.
   *
   * @throws StorageException if writing fails
   */
  public void write(Path file) {
    List<Item> order = new ArrayList<>(items.values());
    order.sort(Comparator.comparingInt((Item item) -> item.type().bytes()).reversed());
    ByteBuffer head = head(order);
    AtomicFile.write(
        file,
        channel -> {
          AtomicFile.writeAll(channel, head);
          for (Item item : order) {
            AtomicFile.writeAll(channel, item.data().duplicate());
          }
        });
  }

  private ByteBuffer head(List<Item> order) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject(SafetensorsHeader.METADATA);
      metadata.forEach(strings::put);
    }
    long offset = 0;
    for (Item item : order) {
      ObjectNode entry = root.putObject(item.name());
      entry.put("dtype", item.type().name());
      ArrayNode dims = entry.putArray("shape");
      Arrays.stream(item.shape().dims()).forEach(dims::add);
      long end = offset + item.data().capacity();
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    return framed(bytes(root));
  }

  private static byte[] bytes(ObjectNode root) {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("[safetensors] the header is not JSON", impossible);
    }
  }

  private static ByteBuffer framed(byte[] json) {
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head =
        ByteBuffer.allocate(SafetensorsFile.PREFIX + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    return head.flip();
  }
}
