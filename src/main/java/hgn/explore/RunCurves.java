package hgn.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.files.StorageException;
import hgn.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a run has logged: a curve for each number of its metrics, and its evaluations. */
final class RunCurves {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEP = "step";
  private static final String VALIDATION = "validation_mse";

  private RunCurves() {}

  /** Returns the curves as the page takes them. */
  static Map<String, Object> json(RunFolder folder) {
    List<JsonNode> logged = new ArrayList<>();
    List<JsonNode> evaluated = new ArrayList<>();
    for (JsonNode line : lines(folder.metrics())) {
      (line.has(VALIDATION) ? evaluated : logged).add(line);
    }
    TreeSet<String> names = new TreeSet<>();
    logged.forEach(line -> line.fieldNames().forEachRemaining(names::add));
    names.remove(STEP);
    Map<String, List<Double>> series = new LinkedHashMap<>();
    names.forEach(name -> series.put(name, values(logged, name)));
    Map<String, Object> validation = new LinkedHashMap<>();
    validation.put("steps", steps(evaluated));
    validation.put("seconds", seconds(folder, evaluated));
    validation.put("values", values(evaluated, VALIDATION));
    return Map.of("steps", steps(logged), "series", series, "validation", validation);
  }

  private static List<Long> steps(List<JsonNode> lines) {
    return lines.stream().map(line -> line.path(STEP).asLong()).toList();
  }

  private static List<Double> values(List<JsonNode> lines, String name) {
    return Numbers.of(
        lines.stream().mapToDouble(line -> line.path(name).asDouble(Double.NaN)).toArray());
  }

  /** Seconds of training at each evaluation; null where the run did not note all of them. */
  private static List<Double> seconds(RunFolder folder, List<JsonNode> evaluated) {
    Map<Long, Double> noted = new LinkedHashMap<>();
    for (JsonNode line : lines(folder.times())) {
      noted.put(line.path(STEP).asLong(), line.path("seconds").asDouble());
    }
    List<Double> seconds = new ArrayList<>();
    steps(evaluated).forEach(step -> seconds.add(noted.get(step)));
    return seconds.contains(null) ? null : seconds;
  }

  /** The whole lines of a file; none if there is no file. */
  private static List<JsonNode> lines(Path file) {
    List<JsonNode> lines = new ArrayList<>();
    if (!Files.exists(file)) {
      return lines;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        try {
          lines.add(JSON.readTree(line));
        } catch (JsonProcessingException cut) {
          // a training that writes it is in the middle of this line
        }
      }
      return lines;
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }
}
