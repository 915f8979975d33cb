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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the curves of a run from its metrics, one line of JSON per logged step. */
public final class MetricsCurves {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MetricsCurves() {}

  /**
   * Reads the curves of all metrics in the file, skipping incomplete lines.
   *
   * @throws StorageException if the file cannot be read
   */
  public static List<Curve> read(Path metrics) {
    List<JsonNode> lines = lines(metrics);
    Curve validation = validation(lines);
    return Stream.of(
            curve("loss", lines, "loss", null),
            curve("MSE of a pixel", lines, "mse", validation),
            curve("KL per pixel and colour", lines, "kl", null),
            curve("latent terms", lines, "latent", null),
            curve("lambda", lines, "lambda", null))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * One metric against another number of the same lines; empty if no line has both.
   *
   * @param name of the curve
   * @param x key of the other number, which ascends
   * @throws StorageException if the file cannot be read
   */
  public static Optional<Curve> read(Path file, String name, String x, String key) {
    List<JsonNode> lines = lines(file).stream().filter(line -> line.path(x).isNumber()).toList();
    return Optional.ofNullable(curve(name, lines, x, key, null));
  }

  /**
   * Reads the training curve of a flow and its negative log-likelihood on held-out points.
   *
   * @throws StorageException if the file cannot be read
   */
  public static List<Curve> readFlow(Path metrics) {
    List<JsonNode> lines = lines(metrics);
    Curve test = curve("NLL of held-out points", lines, "test_nll", null);
    return Stream.of(curve("-ELBO, nats", lines, "loss", test)).filter(Objects::nonNull).toList();
  }

  /** Old runs were evaluated on test rollouts instead. */
  private static Curve validation(List<JsonNode> lines) {
    Curve validation = curve("validation rollouts", lines, "validation_mse", null);
    return validation != null ? validation : curve("test rollouts", lines, "test_mse", null);
  }

  private static Curve curve(String name, List<JsonNode> lines, String key, Curve beside) {
    return curve(name, lines, "step", key, beside);
  }

  private static Curve curve(
      String name, List<JsonNode> lines, String x, String key, Curve beside) {
    List<JsonNode> having = lines.stream().filter(line -> line.has(key)).toList();
    return having.isEmpty()
        ? null
        : new Curve(
            name,
            having.stream().mapToDouble(line -> line.path(x).asDouble()).toArray(),
            having.stream().mapToDouble(line -> value(line.path(key))).toArray(),
            beside);
  }

  /** A number, which may be stored as a string if it is not finite. */
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
          // A line truncated by a crash.
        }
      }
    } catch (IOException error) {
      throw new StorageException(metrics, "cannot read", error);
    }
    return lines;
  }
}
