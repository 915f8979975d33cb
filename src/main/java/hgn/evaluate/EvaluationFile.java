package hgn.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.AtomicFile;
import hgn.files.JsonNumbers;
import hgn.files.StorageException;
import hgn.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The results of an evaluation, {@code evaluation.json} in the run's folder. A campaign stores its
 * results at the end of training there; {@code evaluate} also records the checkpoint and the number
 * of rollouts, so that a campaign does not take them as its own.
 */
public final class EvaluationFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHECKPOINT = "checkpoint";
  private static final String STEP = "step";
  private static final String ROLLOUTS = "rollouts";

  private EvaluationFile() {}

  /** Writes the results of a campaign after {@code steps} steps. */
  public static void write(RunFolder folder, long steps, Map<String, Double> values) {
    ObjectNode tree = JSON.createObjectNode().put(STEP, steps);
    values.forEach((key, value) -> JsonNumbers.put(tree, key, value));
    write(folder.evaluation(), tree);
  }

  /** Writes such a tree. */
  public static void write(Path file, ObjectNode tree) {
    AtomicFile.write(file, tree.toPrettyString() + "\n");
  }

  /** The results for one checkpoint as JSON. */
  public static ObjectNode tree(
      Path checkpoint, long step, int rollouts, Map<String, Double> values) {
    ObjectNode tree = JSON.createObjectNode().put(CHECKPOINT, checkpoint.toString());
    tree.put(STEP, step).put(ROLLOUTS, rollouts);
    values.forEach((key, value) -> JsonNumbers.put(tree, key, value));
    return tree;
  }

  /**
   * Reads the results of a campaign after {@code steps} steps; empty if there are none, if {@code
   * evaluate} has overwritten them, or if the file is damaged.
   */
  public static Optional<Map<String, Double>> read(RunFolder folder, long steps) {
    if (!Files.exists(folder.evaluation())) {
      return Optional.empty();
    }
    try {
      JsonNode tree = JSON.readTree(Files.readString(folder.evaluation()));
      if (tree.path(STEP).asLong(-1) != steps || tree.has(CHECKPOINT)) {
        return Optional.empty();
      }
      Map<String, Double> values = new LinkedHashMap<>();
      tree.properties()
          .forEach(
              entry -> {
                if (!entry.getKey().equals(STEP)) {
                  values.put(entry.getKey(), entry.getValue().asDouble(Double.NaN));
                }
              });
      return Optional.of(values);
    } catch (JsonProcessingException damaged) {
      return Optional.empty();
    } catch (IOException error) {
      throw new StorageException(folder.evaluation(), "cannot read", error);
    }
  }
}
