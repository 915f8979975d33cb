package hgn.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The training time of each evaluation, in seconds, as lines of JSON. Kept apart from the metrics,
 * which hold only reproducible numbers.
 */
public final class EvaluationTimes implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECONDS = "seconds";
  private static final String ERROR = "validation_mse";

  private final MetricsLog log;
  private final double before;
  private final long started = System.nanoTime();

  private EvaluationTimes(MetricsLog log, double before) {
    this.log = log;
    this.before = before;
  }

  /**
   * Continues after {@code step} steps. Time spent since the last evaluation before that step is
   * not counted.
   *
   * @throws StorageException if the file cannot be read and written
   */
  public static EvaluationTimes after(long step, Path file) {
    MetricsLog log = MetricsLog.resume(file, step);
    List<JsonNode> lines = lines(file);
    double before = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).path(SECONDS).asDouble();
    return new EvaluationTimes(log, before);
  }

  /** Records an evaluation made now. */
  public void note(long step, double error) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(ERROR, error);
    values.put(SECONDS, before + (System.nanoTime() - started) * 1e-9);
    log.append(step, values);
  }

  /**
   * Seconds of training until the first evaluation with at most this error; empty if there was
   * none.
   */
  public static OptionalDouble until(double error, Path file) {
    return lines(file).stream()
        .filter(line -> line.path(ERROR).asDouble(Double.POSITIVE_INFINITY) <= error)
        .mapToDouble(line -> line.path(SECONDS).asDouble())
        .findFirst();
  }

  /** Seconds of training until the last evaluation; empty if there was none. */
  public static OptionalDouble total(Path file) {
    return lines(file).stream().mapToDouble(line -> line.path(SECONDS).asDouble()).max();
  }

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
          // a line truncated by a crash
        }
      }
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
    return lines;
  }

  @Override
  public void close() {
    log.close();
  }
}
