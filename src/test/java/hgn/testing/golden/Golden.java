package hgn.testing.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.safetensors.SafetensorsEntry;
import hgn.safetensors.SafetensorsFile;
import hgn.safetensors.SafetensorsType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case of reference vectors: tensors under {@code inputs/ params/ outputs/ grads/} and metadata
 * that describe the computation. Integers (sample indices) are read as doubles, exactly. Missing
 * tensors are looked up in the case that the metadata {@code inputs_file} or {@code params_file}
 * names.
 */
public final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".safetensors";
  private static final Path FOLDER = GoldenFolder.of(Golden.class.getResource("/golden"));

  private final String name;
  private final Map<String, String> metadata;
  private final Map<String, GoldenArray> arrays = new LinkedHashMap<>();
  private final Golden related;

  private Golden(String name, SafetensorsFile file) {
    this.name = name;
    this.metadata = file.metadata();
    for (SafetensorsEntry entry : file.tensors().values()) {
      arrays.put(entry.name(), new GoldenArray(entry.shape(), values(file, entry)));
    }
    String other = metadata.getOrDefault("inputs_file", metadata.get("params_file"));
    this.related = other == null || other.equals(name + SUFFIX) ? null : load(withoutSuffix(other));
  }

  private static double[] values(SafetensorsFile file, SafetensorsEntry entry) {
    if (entry.type() != SafetensorsType.I64) {
      return file.doubles(entry.name());
    }
    long[] longs = file.longs(entry.name());
    double[] values = new double[longs.length];
    for (int i = 0; i < longs.length; i++) {
      values[i] = longs[i];
    }
    return values;
  }

  /** Loads the case of that name. */
  public static Golden load(String name) {
    try (SafetensorsFile file = SafetensorsFile.open(FOLDER.resolve(name + SUFFIX))) {
      return new Golden(name, file);
    }
  }

  /** The names, sorted, of all cases that start with {@code prefix}. */
  public static List<String> names(String prefix) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith(prefix) && file.endsWith(SUFFIX))
          .map(Golden::withoutSuffix)
          .sorted()
          .toList();
    } catch (IOException error) {
      throw new IllegalStateException("cannot list the reference vectors", error);
    }
  }

  private static String withoutSuffix(String file) {
    return file.substring(0, file.length() - SUFFIX.length());
  }

  public String name() {
    return name;
  }

  /** A string of the metadata; fails if there is none of that name. */
  public String metadata(String key) {
    String value = metadata.get(key);
    if (value == null && related != null) {
      return related.metadata(key);
    }
    if (value == null) {
      throw new IllegalArgumentException(name + " has no metadata '" + key + "'");
    }
    return value;
  }

  /** A string of the metadata as JSON. */
  public JsonNode json(String key) {
    try {
      return JSON.readTree(metadata(key));
    } catch (JsonProcessingException error) {
      throw new IllegalStateException(name + ": metadata '" + key + "' is not JSON", error);
    }
  }

  public boolean hasMetadata(String key) {
    return metadata.containsKey(key) || (related != null && related.hasMetadata(key));
  }

  public JsonNode attributes() {
    return json("attributes");
  }

  public boolean has(String tensor) {
    return arrays.containsKey(tensor) || (related != null && related.has(tensor));
  }

  /** A tensor by its full name, such as {@code inputs/x}; fails if there is none. */
  public GoldenArray array(String tensor) {
    GoldenArray array = arrays.get(tensor);
    if (array == null && related != null) {
      return related.array(tensor);
    }
    if (array == null) {
      throw new IllegalArgumentException(name + " has no tensor '" + tensor + "'");
    }
    return array;
  }

  /**
   * The names of this case's own tensors that start with {@code group + "/"}, without that prefix.
   */
  public List<String> under(String group) {
    String prefix = group + "/";
    return arrays.keySet().stream()
        .filter(tensor -> tensor.startsWith(prefix))
        .map(tensor -> tensor.substring(prefix.length()))
        .toList();
  }

  /** The strings of a JSON list in the metadata. */
  public List<String> list(String key) {
    return Stream.iterate(0, i -> i + 1)
        .limit(json(key).size())
        .map(i -> json(key).get(i).asText())
        .toList();
  }
}
