package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that take a trained run. */
class TrainedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static String run;

  private final Console console = new Console();

  @BeforeAll
  static void train() {
    new Console()
        .succeed(
            Console.train(
                List.of("train.steps=3"), "--runs", folder.toString(), "--name", "trained"));
    run = folder.resolve("trained").toString();
  }

  @Test
  void evaluateMeasuresInEveryDirection() throws IOException {
    String table = console.succeed("evaluate", run, "--checkpoint", "last");
    assertTrue(table.contains("test, beyond training (frames 5-8)"), table);
    JsonNode written = JSON.readTree(Path.of(run, "evaluation.json").toFile());
    for (String key :
        List.of(
            "test_mse",
            "train_mse",
            "backward_mse",
            "half_speed_mse",
            "double_speed_mse",
            "beyond_horizon_mse",
            "noise_mse",
            "static_image_mse")) {
      assertTrue(written.path(key).asDouble() > 0, key);
      assertTrue(written.path(key + "_interval").asDouble() > 0, key);
    }
    for (String key : List.of("vpt_forward", "vpt_backward", "sample_spread")) {
      assertTrue(written.path(key).asDouble(-1) >= 0, key);
    }
    String page = Files.readString(Path.of(run, "evaluation.html"));
    assertTrue(page.contains("test, backward"), page);
    assertTrue(page.contains("data:image/gif;base64,"), "films are within the page");
    JsonNode summary = JSON.readTree(Path.of(run, "summary.json").toFile());
    assertEquals(summary.path("test_mse"), written.path("test_mse"));
    assertEquals(3, written.path("step").asInt());
    JsonNode printed =
        JSON.readTree(console.succeed("evaluate", run, "--checkpoint", "last", "--json"));
    assertEquals(untimed(written), untimed(printed));
  }

  @Test
  void ofOneRolloutEvaluateSaysWhatCannotBeHad() {
    String table = console.succeed("evaluate", run, "--checkpoint", "last", "--rollouts", "1");
    assertTrue(table.contains("of that of H among rollouts (takes two) -"), table);
    assertFalse(table.contains("NaN"), table);
  }

  @Test
  void ofOneRolloutThereIsNoInterval() throws IOException {
    Path out = folder.resolve("one");
    String[] line = {"evaluate", run, "--rollouts", "1", "--out", out.toString()};
    String table = console.succeed(line);
    assertFalse(table.contains("+- 0.00"), table);
    JsonNode written = JSON.readTree(out.resolve("evaluation.json").toFile());
    assertTrue(written.path("test_mse").asDouble() > 0);
    for (String key : List.of("test_mse", "vpt_forward", "film_energy_kept", "sample_spread")) {
      assertTrue(written.has(key), key);
      assertFalse(written.has(key + "_interval"), key);
    }
    assertTrue(Files.readString(out.resolve("evaluation.html")).contains("test, backward"));
  }

  @Test
  void whatCannotBeStoredIsPrinted() throws IOException {
    Path out = folder.resolve("unwritable");
    Files.createDirectories(out.resolve("evaluation.json/full"));
    for (String form : List.of("--json", "--checkpoint=best")) {
      assertEquals(1, console.run("evaluate", run, "--out", out.toString(), form));
      assertTrue(console.out().contains(form.equals("--json") ? "\"test_mse\":" : "  test "));
      String said = console.err();
      assertEquals(1, said.lines().count(), said);
      assertTrue(said.startsWith("hgn4j: the results are printed, but not stored: cannot write "));
      assertTrue(said.contains(out.resolve("evaluation.json").toString()), said);
    }
    Path file = Files.writeString(folder.resolve("a-file"), "");
    String line = console.fail(1, "evaluate", run, "--out", file.toString());
    assertTrue(line.contains("cannot make the folder " + file + ": it is a file"), line);
  }

  private static JsonNode untimed(JsonNode values) {
    return ((ObjectNode) values).without("reconstruction_seconds");
  }

  @Test
  void rolloutFilmsForwardAndBackwardAtAnySpeed() throws IOException {
    String printed = console.succeed("rollout", run, "--index", "2", "--frames", "7");
    assertTrue(printed.contains("over 7 frames"), printed);
    assertEquals(7, frames(Path.of(run, "rollout-test-2.gif")));
    assertTrue(Files.exists(Path.of(run, "rollout-test-2.png")));
    console.succeed("rollout", run, "--reverse", "--speed", "0.5", "--split", "train");
    assertEquals(4, frames(Path.of(run, "rollout-train-0-reverse-speed0.5.gif")));
    Path out = folder.resolve("film.gif");
    console.succeed("rollout", run, "--reverse", "--checkpoint", "last", "--out", out.toString());
    assertArrayEquals(
        Files.readAllBytes(Path.of(run, "backward.gif")), Files.readAllBytes(out), "same film");
  }

  @Test
  void sampleFilmsAGridThatItsSeedDetermines() throws IOException {
    console.succeed("sample", run, "--count", "5", "--seed", "7", "--frames", "3");
    Path film = Path.of(run, "sample-7.gif");
    assertEquals(3, frames(film));
    assertTrue(Files.exists(Path.of(run, "sample-7.png")));
    byte[] first = Files.readAllBytes(film);
    console.succeed("sample", run, "--count", "5", "--seed", "7", "--frames", "3");
    assertArrayEquals(first, Files.readAllBytes(film));
    Path other = folder.resolve("other.gif");
    console.succeed(
        "sample", run, "--count", "5", "--seed", "8", "--frames", "3", "--out", other.toString());
    assertFalse(Arrays.equals(first, Files.readAllBytes(other)));
  }

  @Test
  void valuesOutOfRangeAreNamedWithTheRange() {
    assertFails("--speed 0.0 is out of range; it must be above 0", "rollout", run, "--speed", "0");
    assertFails("--speed NaN is out of range", "rollout", run, "--speed", "NaN");
    assertFails("it must be from 0 to 9999", "rollout", run, "--index", "10000");
    assertFails("--frames 0 is out of range", "rollout", run, "--frames", "0");
    assertFails("the nearest is 'test'", "rollout", run, "--split", "tset");
    assertFails("must be a file name ending in .gif", "sample", run, "--out", "film.avi");
    assertFails("--count 0 is out of range", "sample", run, "--count", "0");
    assertFails("--rollouts 0 is out of range", "evaluate", run, "--rollouts", "0");
    assertFails("Missing required parameter: 'RUN'", "evaluate");
  }

  private void assertFails(String message, String... args) {
    String line = console.fail(ExitCode.USAGE, args);
    assertTrue(line.contains(message), line);
  }

  @Test
  void checkpointsThatCannotBeUsedAreNamed() throws IOException {
    Path half = folder.resolve("half.safetensors");
    byte[] whole = Files.readAllBytes(Path.of(run, "checkpoints/last.safetensors"));
    Files.write(half, Arrays.copyOf(whole, whole.length - 1));
    assertUnusable(half.toString(), "damaged");
    assertUnusable(folder.resolve("absent").toString(), "there is no such file");
    assertUnusable(folder.toString(), "it is not a file");
    Path data = folder.resolve("data");
    console.succeed(
        "generate",
        "--system",
        "pendulum",
        "--count",
        "1",
        "--frames",
        "2",
        "--out",
        data.toString());
    assertUnusable(data.resolve("rollouts-00000.safetensors").toString(), "its format is");
    console.succeed(
        Console.train(
            List.of("train.steps=1", "model.frames-in=3"),
            "--runs",
            folder.toString(),
            "--name",
            "foreign"));
    assertUnusable(
        folder.resolve("foreign/checkpoints/last.safetensors").toString(), "another model");
  }

  private void assertUnusable(String checkpoint, String message) {
    String line = console.fail(ExitCode.FAILURE, "rollout", run, "--checkpoint", checkpoint);
    assertTrue(line.startsWith("hgn4j: checkpoint " + checkpoint), line);
    assertTrue(line.contains(message), line);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("plain"), "a file");
    String line =
        console.fail(
            ExitCode.FAILURE, "rollout", run, "--out", file.resolve("film.gif").toString());
    assertTrue(line.contains("cannot write " + file.resolve("film.gif")), line);
  }

  private static int frames(Path gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      reader.setInput(in);
      return reader.getNumImages(true);
    } finally {
      reader.dispose();
    }
  }
}
