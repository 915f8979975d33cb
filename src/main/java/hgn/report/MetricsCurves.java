package hgn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the curves of a run from its metrics, a line of JSON for each step that was logged. */
public final class MetricsCurves {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The metrics shown, and how they are called in the picture. */
  private static final String[][] SHOWN = {
    {"loss", "loss"},
    {"mse", "MSE, training batch"},
    {"kl", "KL per pixel"},
    {"lambda", "lambda"},
    {"test_mse", "MSE, test rollouts"},
  };

  private MetricsCurves() {}

  /**
   * The curves of those metrics that the file has; lines that are not whole are left out.
   *
   * @throws StorageException if the file cannot be read
   */
  public static List<Curve> read(Path metrics) {
    List<JsonNode> lines = lines(metrics);
    List<Curve> curves = new ArrayList<>();
    for (String[] shown : SHOWN) {
      List<JsonNode> having = lines.stream().filter(line -> line.has(shown[0])).toList();
      if (!having.isEmpty()) {
        curves.add(
            new Curve(
                shown[1],
                having.stream().mapToDouble(line -> line.path("step").asDouble()).toArray(),
                having.stream().mapToDouble(line -> value(line.path(shown[0]))).toArray()));
      }
    }
    return curves;
  }

  /** A number, or what stands for one that JSON cannot write. */
  private static double value(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  private static List<JsonNode> lines(Path metrics) {
    List<JsonNode> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(metrics)) {
        try {
          lines.add(JSON.readTree(line));
        } catch (JsonProcessingException cut) {
          // The rest of a line that a crash cut short.
        }
      }
    } catch (IOException error) {
      throw new StorageException(metrics, "cannot read", error);
    }
    return lines;
  }
}
