package hgn.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers with which a training ended. */
final class RunSummary {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunSummary() {}

  /**
   * Returns test error, interval and baseline, from the run's summary or, as a campaign writes
   * none, from what was measured of it; null where neither can be read.
   */
  static Map<String, Object> test(RunFolder folder) {
    Path file = Files.isRegularFile(folder.summary()) ? folder.summary() : folder.evaluation();
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      JsonNode summary = JSON.readTree(Files.readString(file));
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("mse", Numbers.of(summary.path("test_mse").asDouble(Double.NaN)));
      test.put("interval", Numbers.of(summary.path("test_mse_interval").asDouble(Double.NaN)));
      test.put("staticImage", Numbers.of(summary.path("static_image_mse").asDouble(Double.NaN)));
      return test;
    } catch (IOException unreadable) {
      return null;
    }
  }
}
