package hgn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDifferencesTest {
  private static Config config(String... settings) {
    return ConfigLoader.load(null, List.of(settings));
  }

  @Test
  void onlyKeysThatDifferAreNamedWithEachValue() {
    Map<String, List<String>> found =
        ConfigDifferences.of(
            List.of(
                config("model.integrator=rk4", "train.freeze=[decoder]"),
                config("model.integrator=rk4", "train.steps=7"),
                config("model.integrator=yoshida", "train.steps=7")));
    long steps = config().train().steps();
    assertEquals(
        Map.of(
            "model.integrator", List.of("rk4", "rk4", "yoshida"),
            "train.steps", List.of(Long.toString(steps), "7", "7"),
            "train.freeze", List.of("[\"decoder\"]", "[]", "[]")),
        found);
    assertEquals(
        List.of("model.integrator", "train.steps", "train.freeze"), List.copyOf(found.keySet()));
  }

  @Test
  void equalNumbersAreNoDifferenceHoweverTheyAreWritten() {
    assertEquals(
        Map.of(),
        ConfigDifferences.of(
            List.of(config("train.learning-rate=1e-3"), config("train.learning-rate=0.001"))));
  }
}
