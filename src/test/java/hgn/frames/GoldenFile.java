package hgn.frames;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A reference file in safetensors format from the test resources; reads F64 and F32 tensors as
 * doubles.
 */
public final class GoldenFile {
  private final String name;
  private final JsonNode header;
  private final ByteBuffer data;

  private GoldenFile(String name, JsonNode header, ByteBuffer data) {
    this.name = name;
    this.header = header;
    this.data = data;
  }

  /** Opens {@code /golden/<name>.safetensors}. */
  public static GoldenFile open(String name) {
    try (InputStream in =
        GoldenFile.class.getResourceAsStream("/golden/" + name + ".safetensors")) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + name);
      }
      ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[Math.toIntExact(file.getLong())];
      file.get(json);
      return new GoldenFile(
          name, new ObjectMapper().readTree(json), file.slice().order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tensor's shape. */
  public int[] shape(String tensor) {
    JsonNode shape = entry(tensor).get("shape");
    int[] sizes = new int[shape.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = shape.get(i).asInt();
    }
    return sizes;
  }

  /** The tensor's values, row-major. */
  public double[] values(String tensor) {
    JsonNode entry = entry(tensor);
    int begin = entry.get("data_offsets").get(0).asInt();
    int end = entry.get("data_offsets").get(1).asInt();
    ByteBuffer bytes = data.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
    boolean single = entry.get("dtype").asText().equals("F32");
    double[] values = new double[(end - begin) / (single ? Float.BYTES : Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = single ? bytes.getFloat() : bytes.getDouble();
    }
    return values;
  }

  private JsonNode entry(String tensor) {
    JsonNode entry = header.get(tensor);
    if (entry == null) {
      throw new IllegalArgumentException(name + " has no tensor " + tensor);
    }
    return entry;
  }
}
