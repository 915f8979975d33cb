package hgn.benchmarks;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shares that benchmarks reached, for each kind of processor and backend: {@code {"AuthenticAMD
 * family 25 model 1, native code with AVX2, ...": {"machine": ..., "shares": {"Encoder": 1.02,
 * ...}}}}. What one reaches says little of another.
 */
final class Baseline {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ObjectNode tree;

  private Baseline(Path file, ObjectNode tree) {
    this.file = file;
    this.tree = tree;
  }

  /** The baseline in {@code file}, empty if there is none. */
  static Baseline open(Path file) {
    try {
      return new Baseline(
          file,
          Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode());
    } catch (IOException | ClassCastException damaged) {
      throw new IllegalArgumentException(
          file + " is no baseline (" + damaged.getMessage() + "); measure it again", damaged);
    }
  }

  /** Shares by benchmark; empty if there are none for this setting. */
  Map<String, Double> shares(String setting) {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : tree.path(setting).path("shares").properties()) {
      shares.put(entry.getKey(), entry.getValue().asDouble());
    }
    return shares;
  }

  /** Replaces the shares of one setting and writes the file. */
  void write(String setting, String machine, Map<String, Reading> readings) {
    ObjectNode entry = tree.putObject(setting).put("machine", machine);
    ObjectNode shares = entry.putObject("shares");
    readings.forEach(
        (name, reading) ->
            shares.put(
                name, Double.parseDouble(String.format(Locale.ROOT, "%.3g", reading.share()))));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      Files.writeString(file, JSON.writer(printer).writeValueAsString(tree) + "\n");
    } catch (IOException error) {
      throw new UncheckedIOException("[benchmarks] cannot write " + file, error);
    }
  }
}
