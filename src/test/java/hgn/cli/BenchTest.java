package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.bench.OperationCount;
import hgn.cli.console.ExitCode;
import hgn.model.BaseEnergy;
import hgn.model.Presets;
import hgn.testing.Console;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
  private final Console console = new Console();

  @ParameterizedTest
  @ValueSource(
      strings = {"step", "gradient", "rollout", "rollout-grad", "encoder", "decoder", "frames"})
  void everyPartGivesALineOfJson(String part) throws IOException {
    String printed =
        console.succeed(
            "bench",
            part,
            "--preset",
            "quick",
            "--batch",
            "1",
            "--iters",
            "2",
            "--warmup",
            "0",
            "--json");
    assertEquals(1, printed.lines().count(), printed);
    JsonNode line = new ObjectMapper().readTree(printed);
    assertEquals(part, line.path("bench").asText());
    assertEquals(2, line.path("iters").asInt());
    assertTrue(line.path("min_s").asDouble() > 0, printed);
    assertTrue(line.path("median_s").asDouble() >= line.path("min_s").asDouble(), printed);
    assertTrue(line.has("backend") && line.has("peak_bytes"), printed);
    assertTrue(line.path("threads").asInt() >= 1, printed);
    assertTrue(line.path("gflop").asDouble() > 0 || line.path("rollouts_per_s").asDouble() > 0);
  }

  /** Compares with independent counts from the table of the published layers. */
  @Test
  void operationsOfThePublishedStepAreCounted() {
    var count = new OperationCount(Presets.named("published", 5, BaseEnergy.NONE, 1), 16, 30, 3);
    assertEquals(25.650266112, count.encoder() * 1e-9, 1e-6);
    assertEquals(1.734721536, count.rollout() * 1e-9, 1e-6);
    assertEquals(5.204164608, count.rolloutGrad() * 1e-9, 1e-6);
    assertEquals(285.56918784, count.decoder() * 1e-9, 1e-6);
    assertEquals(317.357899776, count.step() * 1e-9, 1e-6);
  }

  @Test
  void badValuesAreOneLine() {
    String line = console.fail(ExitCode.USAGE, "bench", "stop");
    assertTrue(line.contains("'stop' is unknown, the nearest is 'step'"), line);
    line = console.fail(ExitCode.USAGE, "bench", "step", "--iters", "0");
    assertTrue(line.contains("--iters 0 is out of range"), line);
    line = console.fail(ExitCode.FAILURE, "bench", "step", "--preset", "qick");
    assertTrue(line.contains("no preset is called 'qick'"), line);
    line = console.fail(ExitCode.FAILURE, "bench", "step", "--backend", "abacus");
    assertTrue(line.contains("no backend is called 'abacus'"), line);
  }
}
