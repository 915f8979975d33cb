package hgn.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A safetensors file written anew with other tensors, by other code than the program's own. */
public final class EditedSafetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode metadata;
  private final List<Raw> tensors = new ArrayList<>();

  /** Another tensor for one. */
  public interface Edit {
    Raw of(Raw tensor);
  }

  /** A tensor's description and its bytes. */
  public record Raw(String name, String type, List<Integer> shape, byte[] bytes) {
    /** The same numbers, rounded to F16, BF16, F32 or F64. */
    public Raw to(String other) {
      if (!type.startsWith("F")) {
        return this;
      }
      ByteBuffer from = little(bytes);
      int count = bytes.length / (type.equals("F64") ? 8 : 4);
      ByteBuffer to = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
      while (from.hasRemaining()) {
        double value = type.equals("F64") ? from.getDouble() : from.getFloat();
        switch (other) {
          case "F64" -> to.putDouble(value);
          case "F32" -> to.putFloat((float) value);
          case "BF16" -> to.putShort((short) (Float.floatToRawIntBits((float) value) >> 16));
          default -> to.putShort(half((float) value));
        }
      }
      return new Raw(name, other, shape, java.util.Arrays.copyOf(to.array(), to.position()));
    }

    /** Zeros of another type. */
    public Raw filled(String other) {
      int count = shape.stream().reduce(1, (a, b) -> a * b);
      int size = other.endsWith("64") ? 8 : other.endsWith("32") ? 4 : 1;
      return new Raw(name, other, shape, new byte[count * size]);
    }

    /** The first {@code count} numbers replaced by {@code value}. */
    public Raw with(float value, int count) {
      ByteBuffer changed = little(bytes.clone());
      for (int i = 0; i < count; i++) {
        if (type.equals("F64")) {
          changed.putDouble(value);
        } else {
          changed.putFloat(value);
        }
      }
      return new Raw(name, type, shape, changed.array());
    }

    /** All numbers replaced by {@code value}. */
    public Raw withAll(float value) {
      return with(value, shape.stream().reduce(1, (a, b) -> a * b));
    }

    /** No numbers. */
    public Raw empty() {
      return new Raw(name, type, List.of(0), new byte[0]);
    }

    /** Cuts the fraction; small numbers become 0. */
    private static short half(float value) {
      int bits = Float.floatToRawIntBits(value);
      int exponent = (bits >> 23 & 0xff) - 127 + 15;
      int sign = bits >> 16 & 0x8000;
      return (short) (exponent <= 0 ? sign : sign | exponent << 10 | bits >> 13 & 0x3ff);
    }
  }

  private EditedSafetensors(ObjectNode metadata) {
    this.metadata = metadata;
  }

  /** Reads a file. */
  public static EditedSafetensors of(Path file) {
    try {
      ByteBuffer bytes = little(Files.readAllBytes(file));
      byte[] head = new byte[(int) bytes.getLong()];
      bytes.get(head);
      ObjectNode root = (ObjectNode) JSON.readTree(head);
      EditedSafetensors read = new EditedSafetensors((ObjectNode) root.remove("__metadata__"));
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        JsonNode about = entry.getValue();
        int begin = about.path("data_offsets").path(0).intValue();
        byte[] data = new byte[about.path("data_offsets").path(1).intValue() - begin];
        bytes.get(8 + head.length + begin, data);
        List<Integer> shape = new ArrayList<>();
        about.path("shape").forEach(dim -> shape.add(dim.intValue()));
        read.tensors.add(new Raw(entry.getKey(), about.path("dtype").textValue(), shape, data));
      }
      return read;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Names of the tensors. */
  public List<String> names() {
    return tensors.stream().map(Raw::name).toList();
  }

  /** A string of the metadata. */
  public String metadata(String key) {
    return metadata.path(key).textValue();
  }

  /** Changes a string of the metadata. */
  public EditedSafetensors metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Changes each tensor. */
  public EditedSafetensors each(Edit edit) {
    tensors.replaceAll(edit::of);
    return this;
  }

  /** Adds a tensor of zeros, which may be empty. */
  public EditedSafetensors adding(String name, String type, int count) {
    tensors.add(new Raw(name, type, List.of(count), new byte[0]).filled(type));
    return this;
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Raw tensor : tensors) {
      ObjectNode about = root.putObject(tensor.name());
      about.putArray("data_offsets").add(data.size()).add(data.size() + tensor.bytes().length);
      data.write(tensor.bytes());
      tensor.shape().forEach(about.putArray("shape")::add);
      about.put("dtype", tensor.type());
    }
    root.set("__metadata__", metadata);
    byte[] head = JSON.writeValueAsBytes(root);
    ByteBuffer all =
        ByteBuffer.allocate(8 + head.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, all.putLong(head.length).put(head).put(data.toByteArray()).array());
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
