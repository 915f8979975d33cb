package hgn.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepFileTest {
  @TempDir Path folder;

  private Sweep read(String text, String... further) throws IOException {
    Path file = folder.resolve("rates.yaml");
    Files.writeString(file, text);
    return SweepFile.read(file, List.of(further));
  }

  private static List<String> names(Sweep sweep) {
    return sweep.tasks().stream().map(task -> task.training().name()).toList();
  }

  @Test
  void aGridIsEveryCombinationInOrder() throws IOException {
    Sweep sweep =
        read(
            """
            settings: {data.system: pendulum, train: {steps: 10}}
            grid:
              train.learning-rate: [1e-3, 2e-3]
              model.integrator: [leapfrog, yoshida]
            seeds: 2
            """);
    assertEquals("rates", sweep.name());
    assertEquals(8, sweep.tasks().size());
    assertEquals("learning-rate1e-3-leapfrog-seed1", names(sweep).get(0));
    assertEquals("learning-rate2e-3-yoshida-seed2", names(sweep).get(7));
    assertEquals(List.of("train.learning-rate", "model.integrator", "train.seed"), sweep.keys());
    var config = ConfigLoader.load(null, sweep.tasks().get(5).training().settings());
    assertEquals("pendulum", config.data().system());
    assertEquals(10, config.train().steps());
    assertEquals(2e-3, config.train().learningRate());
    assertEquals("leapfrog", config.model().integrator());
    assertEquals(2, config.train().seed());
  }

  @Test
  void namedSettingsAreCombinedWithAGrid() throws IOException {
    Sweep sweep =
        read(
            """
            list:
              small: {train.batch: 4}
              slow: {train: {learning-rate: 1e-4}}
            grid: {model.deterministic: [true, false]}
            seeds: [7]
            """);
    assertEquals(
        List.of(
            "small-deterministictrue-seed7",
            "small-deterministicfalse-seed7",
            "slow-deterministictrue-seed7",
            "slow-deterministicfalse-seed7"),
        names(sweep));
    assertEquals("-", sweep.tasks().get(0).varied().get("train.learning-rate"));
    assertEquals("4", sweep.tasks().get(0).varied().get("train.batch"));
  }

  /** Settings of the command line come last, and any text reaches its training as it is. */
  @Test
  void furtherSettingsOverride() throws IOException {
    Sweep sweep = read("{settings: {train.steps: 10}, seeds: 2}", "train.steps=20");
    assertEquals(
        20, ConfigLoader.load(null, sweep.tasks().get(1).training().settings()).train().steps());
    Sweep named = read("{list: {'a b/ü': {train.batch: 4}, c: {train.batch: 5}}}");
    assertEquals(List.of("a_b__", "c"), names(named));
    Sweep folders =
        read("{list: {..: {train.batch: 4}, -x: {train.batch: 5}, 1e+3: {}, v1.5: {}}}");
    assertEquals(List.of("_.", "_x", "1e_3", "v1.5"), names(folders));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "seeds: 1 | nothing is varied",
        "grids: {train.batch: [1, 2]} | no part 'grids', the nearest is 'grid'",
        "grid: {train.batch: 4} | grid.train.batch is to be a list",
        "grid: {train.batch: []} | grid.train.batch is to be a list",
        "grid: {train.batch: [[1], [2]]} | grid.train.batch is to be one value",
        "grid: {train.batch: [1, null]} | grid.train.batch is to be one value",
        "grid: {train.batchs: [1, 2]} | training batchs1: ",
        "grid: {train.batch: [4, 0]} | training batch0: ",
        "grid: {train.batch: [4, 4]} | trainings 1 and 2 are both named batch4",
        "list: {a: 3, b: 4} | list.a is to hold settings",
        "list: {} | list is to hold names",
        "seeds: 0 | seeds is to be a number from 1",
        "seeds: many | seeds is to be a number from 1",
        "{seeds: 500, grid: {train.batch: [1, 2, 3]}} | more than 1000 trainings",
        "settings: {train.batch: 4, train: {batch: 5}} | train.batch is given twice",
        "[1, 2] | it has no keys",
        "\"\" | it has no keys",
        "settings: {train.steps: {a: 1}, seeds: 2 | not valid YAML",
      })
  void whatIsNoSweepIsRefusedInOneLine(String text, String reason) {
    ConfigException error = assertThrows(ConfigException.class, () -> read(text));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().contains("rates.yaml"), error.getMessage());
    assertTrue(error.getMessage().lines().count() == 1, error.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    ConfigException error =
        assertThrows(
            ConfigException.class, () -> SweepFile.read(folder.resolve("none.yaml"), List.of()));
    assertTrue(error.getMessage().endsWith("check the path"), error.getMessage());
  }
}
