package hgn.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.files.StorageException;
import hgn.report.Curve;
import hgn.report.MetricsCurves;
import hgn.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A run as far as it has come.
 *
 * @param label tells it from the others
 * @param mark the same in pictures, which have little room
 * @param folder where it lies
 * @param config what it was told
 * @param summary what came out at its end, if that was reached
 * @param evaluation what was measured afterwards, if that was done
 */
public record ComparedRun(
    String label,
    String mark,
    RunFolder folder,
    Config config,
    Optional<JsonNode> summary,
    Optional<JsonNode> evaluation) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a run.
   *
   * @throws StorageException if it is none, or of another kind, or has not begun to train, or a
   *     file of it is damaged
   */
  static ComparedRun open(String label, String mark, Path path) {
    RunFolder folder = RunFolder.open(path);
    Config config = config(folder);
    if (!Files.exists(folder.metrics())) {
      throw new StorageException(
          path, "the run has no metrics yet", "train it first: train --resume " + path);
    }
    return new ComparedRun(
        label, mark, folder, config, json(folder.summary()), json(folder.evaluation()));
  }

  private static Config config(RunFolder folder) {
    try {
      if (Files.readString(folder.config()).isBlank()) {
        throw new StorageException(folder.config(), "it is empty", "name a run that is whole");
      }
      return ConfigLoader.ofRun(folder.config(), List.of());
    } catch (ConfigException strange) {
      throw new StorageException(
          folder.path(),
          "its configuration is not that of a film model (" + strange.getMessage() + ")",
          "name runs that 'train' made");
    } catch (IOException error) {
      throw new StorageException(folder.config(), "cannot read", error);
    }
  }

  private static Optional<JsonNode> json(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = JSON.readTree(Files.readString(file));
      if (tree.isObject()) {
        return Optional.of(tree);
      }
    } catch (JsonProcessingException damaged) {
      // said below
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
    throw new StorageException(file, "it is damaged", "remove it, or have it written anew");
  }

  /** A metric against the step; empty if it was not logged. */
  Optional<Curve> overSteps(String key) {
    return MetricsCurves.read(folder.metrics(), mark, "step", key);
  }

  /** A metric of evaluations against the seconds of training; empty if nobody timed them. */
  Optional<Curve> overSeconds(String key) {
    return Files.exists(folder.times())
        ? MetricsCurves.read(folder.times(), mark, "seconds", key)
        : Optional.empty();
  }

  /** The last step that was logged, 0 if none was. */
  long steps() {
    return overSteps("loss")
        .map(loss -> (long) Arrays.stream(loss.steps()).max().orElseThrow())
        .orElse(0L);
  }
}
