package hgn.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ceilings measured in a fork, handed to the suite as lines of a file. */
final class CeilingLog {
  static final String FILE = "hgn.benchmarks.ceilings";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Double> measured = new ArrayList<>();

  /**
   * What a fork told.
   *
   * @param amount units of work in a call
   * @param unit units a second
   * @param most the highest ceiling of all iterations
   */
  record Entry(double amount, String unit, double most) {}

  void add(double ceiling) {
    measured.add(ceiling);
  }

  /** Appends a line, if a suite listens. */
  void tell(String id, Task task) {
    String file = System.getProperty(FILE);
    if (file == null) {
      return;
    }
    ObjectNode line = JSON.createObjectNode().put("id", id).put("amount", task.amount());
    line.put("unit", task.ceiling().unit());
    line.put("most", measured.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    try {
      Files.writeString(Path.of(file), line + "\n", StandardOpenOption.APPEND);
    } catch (IOException error) {
      throw new UncheckedIOException("[benchmarks] cannot write " + file, error);
    }
  }

  /** All that was told, by benchmark. */
  static Map<String, Entry> read(Path file) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        var tree = JSON.readTree(line);
        entries.put(
            tree.path("id").asText(),
            new Entry(
                tree.path("amount").asDouble(),
                tree.path("unit").asText(),
                tree.path("most").asDouble()));
      }
    } catch (IOException error) {
      throw new UncheckedIOException("[benchmarks] cannot read " + file, error);
    }
    return entries;
  }
}
