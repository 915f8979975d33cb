package hgn.cli.nhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NhfTest {
  private final Console console = new Console();

  @TempDir Path runs;

  private String[] train(String... more) {
    List<String> line =
        new ArrayList<>(List.of("flow", "train", "--runs", runs.toString(), "--name", "run"));
    for (String setting :
        List.of(
            "flow.flows=2",
            "flow.hidden=8",
            "train.batch=16",
            "train.steps=4",
            "train.evaluate-points=20",
            "train.draws=2")) {
      line.addAll(List.of("--set", setting));
    }
    line.addAll(Arrays.asList(more));
    return line.toArray(String[]::new);
  }

  @Test
  void aFlowIsTrainedMeasuredAndDrawnFrom() throws IOException {
    Path run = runs.resolve("run");
    String printed = console.succeed(train("--density", "rings"));
    assertTrue(printed.contains("training a flow of 2 energies on rings"), printed);
    assertTrue(printed.contains("4/4"), printed);
    assertTrue(printed.contains("above the density's own"), printed);
    assertTrue(Files.size(run.resolve("density.png")) > 1000);
    assertTrue(Files.size(run.resolve("loss.png")) > 1000);

    String again = console.succeed("flow", "train", "--resume", run.toString());
    assertTrue(again.contains("0 steps"), again);

    String measured =
        console.succeed("flow", "evaluate", run.toString(), "--points", "30", "--draws", "3");
    assertTrue(measured.contains("entropy of the density"), measured);
    JsonNode json = new ObjectMapper().readTree(run.resolve("evaluation.json").toFile());
    assertEquals(4, json.path("step").asInt());
    assertEquals(30, json.path("points").asInt());
    assertEquals(3, json.path("draws").asInt());
    assertTrue(json.path("inversion_error").asDouble(1) < 1e-12);
    assertTrue(json.path("log_determinant").asDouble(1) < 1e-12);
    assertTrue(json.path("elbo").asDouble() < -json.path("nll").asDouble());

    String out = runs.resolve("points.csv").toString();
    console.succeed("flow", "sample", run.toString(), "--count", "7", "--out", out);
    List<String> lines = Files.readAllLines(Path.of(out));
    assertEquals("x,y", lines.get(0));
    assertEquals(8, lines.size());
    assertTrue(Files.exists(runs.resolve("points.png")));
  }

  @Test
  void mistakesAreAnsweredInOneLine() {
    assertFails(
        2, "nearest is 'moons'; allowed: mixture, rings, moons", train("--density", "moon"));
    assertFails(2, "flow.flows: '0' is out of range", train("--set", "flow.flows=0"));
    assertFails(2, "flow.dt: '0' is out of range", train("--set", "flow.dt=0"));
    assertFails(2, "train.batch: '-3' is out of range", train("--set", "train.batch=-3"));
    assertFails(2, "nearest valid key is 'flow.flows'", train("--set", "flow.flow=3"));
    assertFails(2, "nearest valid key is 'flow.hidden'", train("--set", "train.hiden=3"));
    assertFails(1, "there is no such run", "flow", "evaluate", runs.resolve("x").toString());
    assertFails(2, "--count 0 is out of range", "flow", "sample", "x", "--count", "0");
    assertFails(2, "--points 1 is out of range", "flow", "evaluate", "x", "--points", "1");
    assertFails(2, "must be a file name ending in .csv", "flow", "sample", "x", "--out", "a.png");
  }

  private void assertFails(int code, String words, String... line) {
    String message = console.fail(code, line);
    assertTrue(message.contains(words), message);
  }

  @Test
  void runsOfAnotherKindAreRefused() throws IOException {
    Path run = runs.resolve("run");
    console.succeed(train());
    assertFails(
        2,
        "must not change flow.flows (was 2, now 3)",
        "flow",
        "train",
        "--resume",
        run.toString(),
        "--set",
        "flow.flows=3");
    assertFails(2, "leave out --name", train("--resume", run.toString()));
    assertFails(2, "unknown key 'flow'", "train", "--resume", run.toString());

    Path other = Files.createDirectory(runs.resolve("other"));
    Files.writeString(other.resolve("config.yaml"), "data:\n  system: pendulum\n");
    assertFails(1, "is not the run of a flow", "flow", "evaluate", other.toString());
    assertFails(1, "is not the run of a flow", "flow", "train", "--resume", other.toString());

    Path checkpoint = run.resolve("checkpoints").resolve("last.safetensors");
    Files.write(checkpoint, new byte[20]);
    assertFails(1, "checkpoint " + checkpoint, "flow", "sample", run.toString());
  }

  @Test
  void anEditedConfigurationIsRefused() throws IOException {
    Path run = runs.resolve("run");
    console.succeed(train());
    Path config = run.resolve("config.yaml");
    String text = Files.readString(config);
    for (String edited :
        List.of(
            text.replaceFirst("learning-rate: .*", "learning-rate: 0.5"),
            text.replaceFirst("density: .*", "density: moons"),
            text.replaceFirst("seed: .*", "seed: 99"),
            "")) {
      Files.writeString(config, edited);
      assertFails(2, "was changed since", "flow", "train", "--resume", run.toString());
      assertFails(2, "was changed since", "flow", "evaluate", run.toString());
      assertFails(2, "was changed since", "flow", "sample", run.toString());
    }
    Files.writeString(config, "# mine\n" + text.replaceFirst("log-every: .*", "log-every: 7"));
    console.succeed("flow", "train", "--resume", run.toString());
  }
}
