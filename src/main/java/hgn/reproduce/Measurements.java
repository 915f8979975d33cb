package hgn.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.files.JsonNumbers;
import hgn.files.StorageException;
import hgn.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was measured of a run, as JSON in its folder, so that it need not be measured again. */
final class Measurements {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEPS = "step";

  private Measurements() {}

  static void write(RunFolder folder, long steps, Map<String, Double> values) {
    ObjectNode tree = JSON.createObjectNode().put(STEPS, steps);
    values.forEach((key, value) -> JsonNumbers.put(tree, key, value));
    folder.write(folder.evaluation(), tree.toPrettyString() + "\n");
  }

  /** What was measured after so many steps; empty if it was not, or the file is damaged. */
  static Optional<Map<String, Double>> read(RunFolder folder, long steps) {
    if (!Files.exists(folder.evaluation())) {
      return Optional.empty();
    }
    try {
      JsonNode tree = JSON.readTree(Files.readString(folder.evaluation()));
      if (tree.path(STEPS).asLong(-1) != steps) {
        return Optional.empty();
      }
      Map<String, Double> values = new LinkedHashMap<>();
      tree.properties()
          .forEach(
              entry -> {
                if (!entry.getKey().equals(STEPS)) {
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
