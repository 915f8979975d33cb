package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.run.Checkpoint;
import hgn.tensor.Backends;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Console console = new Console();

  private String runs() {
    return folder.resolve("runs").toString();
  }

  private Path run(String name) {
    return folder.resolve("runs").resolve(name);
  }

  @Test
  void aRunLeavesEverythingInItsFolder() throws IOException {
    String printed =
        console.succeed(Console.train(List.of("train.steps=3"), "--runs", runs(), "--name", "a"));
    for (String file :
        List.of(
            "config.yaml",
            "metrics.jsonl",
            "loss.png",
            "filmstrip.png",
            "forward.gif",
            "backward.gif",
            "checkpoints/last.safetensors",
            "checkpoints/best.safetensors")) {
      assertTrue(Files.size(run("a").resolve(file)) > 100, file);
    }
    JsonNode summary = summary("a");
    assertEquals(3, summary.path("steps").asInt());
    assertEquals("mass-spring", summary.path("system").asText());
    assertEquals("quick", summary.path("preset").asText());
    for (String key :
        List.of(
            "test_mse",
            "test_mse_interval",
            "validation_mse",
            "static_image_mse",
            "seconds",
            "rollouts_per_second",
            "parameters",
            "threads")) {
      assertTrue(summary.path(key).asDouble() > 0, key + " in " + summary);
    }
    assertTrue(printed.contains(run("a").resolve("forward.gif").toString()), printed);
    assertTrue(printed.contains("3/3 loss"), printed);
    assertTrue(printed.contains("step 2: validation MSE"), printed);
  }

  @Test
  void aResumedRunEndsInTheSameBytes() throws IOException {
    console.succeed(Console.train(List.of("train.steps=4"), "--runs", runs(), "--name", "whole"));
    console.succeed(Console.train(List.of("train.steps=2"), "--runs", runs(), "--name", "halves"));
    console.succeed("train", "--resume", run("halves").toString(), "--set", "train.steps=4");
    for (String file :
        List.of("config.yaml", "metrics.jsonl", "checkpoints/last.safetensors", "forward.gif")) {
      assertArrayEquals(
          Files.readAllBytes(run("whole").resolve(file)),
          Files.readAllBytes(run("halves").resolve(file)),
          file);
    }
    assertEquals(2, summary("halves").path("first_step").asInt());
  }

  @Test
  void aRunMayBeShownByTensorBoardFromAResumeOn() throws IOException {
    console.succeed(Console.train(List.of("train.steps=2"), "--runs", runs(), "--name", "events"));
    Path events = run("events").resolve("tensorboard");
    assertFalse(Files.exists(events));
    console.succeed(
        "train",
        "--resume",
        run("events").toString(),
        "--set",
        "train.steps=4",
        "--set",
        "train.tensorboard=true");
    try (Stream<Path> files = Files.list(events)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      assertTrue(all.get(0).getFileName().toString().startsWith("events.out.tfevents."));
      assertTrue(Files.size(all.get(0)) > 1000);
    }
  }

  @Test
  void aRunMayGoOnOnAnotherDevice() throws IOException {
    console.succeed(
        Console.train(
            List.of("train.steps=1"), "--runs", runs(), "--name", "moved", "--device", "jvm"));
    assertTrue(config("moved").contains("backend: jvm"), config("moved"));
    String resumed = run("moved").toString();
    String printed =
        console.succeed("train", "--resume", resumed, "--device", "auto", "--set", "train.steps=2");
    assertTrue(config("moved").contains("backend: auto"), config("moved"));
    assertTrue(printed.contains("on backend " + Backends.fastest().name()), printed);
    assertEquals(2, summary("moved").path("steps").asInt());
    String line = console.fail(ExitCode.USAGE, "train", "--device", "abacus");
    assertTrue(line.contains("abacus"), line);
    assertTrue(line.contains("cuda"), line);
  }

  private String config(String name) throws IOException {
    return Files.readString(run(name).resolve("config.yaml"));
  }

  @Test
  void aFinishedRunIsOnlyReportedAnew() throws IOException {
    console.succeed(Console.train(List.of("train.steps=1"), "--runs", runs(), "--name", "done"));
    JsonNode before = summary("done");
    byte[] checkpoint = Files.readAllBytes(run("done").resolve("checkpoints/last.safetensors"));
    Files.delete(run("done").resolve("forward.gif"));
    String printed = console.succeed("train", "--resume", run("done").toString());
    assertTrue(printed.contains("all 1 steps are made already"), printed);
    assertTrue(Files.exists(run("done").resolve("forward.gif")));
    assertEquals(before, summary("done"));
    assertArrayEquals(
        checkpoint, Files.readAllBytes(run("done").resolve("checkpoints/last.safetensors")));
  }

  @Test
  void unnamedRunsAreNumberedAndNamedOnesMustBeNew() throws IOException {
    console.succeed(Console.train(List.of("train.steps=1"), "--runs", runs()));
    console.succeed(Console.train(List.of("train.steps=1"), "--runs", runs()));
    try (Stream<Path> made = Files.list(folder.resolve("runs"))) {
      assertEquals(
          List.of("mass-spring-quick", "mass-spring-quick-2"),
          made.map(path -> path.getFileName().toString()).sorted().toList());
    }
    byte[] before = Files.readAllBytes(run("mass-spring-quick").resolve("summary.json"));
    String line =
        console.fail(
            ExitCode.FAILURE,
            Console.train(List.of(), "--runs", runs(), "--name", "mass-spring-quick"));
    assertTrue(line.contains("it exists already; continue it with --resume"), line);
    assertArrayEquals(before, Files.readAllBytes(run("mass-spring-quick").resolve("summary.json")));
  }

  @Test
  void aLossThatIsNotFiniteKeepsTheLastGoodCheckpoint() throws IOException {
    String line =
        console.fail(
            ExitCode.FAILURE,
            Console.train(
                List.of("train.steps=9", "train.learning-rate=1e20", "train.evaluate-every=0"),
                "--runs",
                runs(),
                "--name",
                "wild"));
    assertTrue(line.matches("hgn4j: step \\d+: the .* is not finite.*"), line);
    assertTrue(line.contains("the last good checkpoint, of step 0, is "), line);
    assertTrue(line.contains("lower train.learning-rate than 1.0E20"), line);
    assertFalse(Files.exists(run("wild").resolve("summary.json")));
    String evaluated =
        console.succeed(
            "evaluate", run("wild").toString(), "--rollouts", "1", "--checkpoint", "last");
    assertTrue(evaluated.contains("(step 0)"), evaluated);
  }

  @Test
  void parametersThatTheLastStepRuinedDoNotReplaceTheCheckpoint() {
    String line =
        console.fail(
            ExitCode.FAILURE,
            Console.train(
                List.of("train.steps=1", "train.learning-rate=1e38"),
                "--runs",
                runs(),
                "--name",
                "ruined"));
    assertTrue(
        line.startsWith("hgn4j: step 1: the error on validation rollouts is not finite"), line);
    assertEquals(
        0, Checkpoint.position(run("ruined").resolve("checkpoints/last.safetensors")).steps());
    assertFalse(Files.exists(run("ruined").resolve("checkpoints/best.safetensors")));
  }

  @Test
  void settingsThatWouldChangeTheCourseOfARunAreRefused() throws IOException {
    console.succeed(Console.train(List.of("train.steps=2"), "--runs", runs(), "--name", "r"));
    byte[] config = Files.readAllBytes(run("r").resolve("config.yaml"));
    String line =
        console.fail(
            ExitCode.USAGE,
            "train",
            "--resume",
            run("r").toString(),
            "--set",
            "train.batch=4",
            "--set",
            "train.steps=5");
    assertTrue(line.contains("must not change train.batch (was 2, now 4); it may change"), line);
    line =
        console.fail(
            ExitCode.FAILURE, "train", "--resume", run("r").toString(), "--set", "train.steps=1");
    assertTrue(line.contains("has made 2 steps already, more than the 1"), line);
    line = console.fail(ExitCode.USAGE, "train", "--resume", run("r").toString(), "--name", "s");
    assertTrue(line.contains("leave out --name"), line);
    assertArrayEquals(config, Files.readAllBytes(run("r").resolve("config.yaml")));
  }

  @Test
  void badInputIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    String line = console.fail(ExitCode.USAGE, "train", "--set", "train.batchs=4");
    assertTrue(line.contains("the nearest valid key is 'train.batch'"), line);
    line = console.fail(ExitCode.USAGE, "train", "--config", folder + "/absent.yaml");
    assertTrue(line.contains("absent.yaml: cannot be read"), line);
    line = console.fail(ExitCode.FAILURE, "train", "--resume", folder + "/absent");
    assertTrue(line.contains("absent: there is no such run"), line);
    line =
        console.fail(
            ExitCode.FAILURE,
            Console.train(List.of("train.steps=1"), "--runs", file.resolve("runs").toString()));
    assertTrue(line.contains("cannot make the folder " + file), line);
    line = console.fail(ExitCode.FAILURE, "train", "--runs", runs(), "--name", "a/b");
    assertTrue(line.contains("--name 'a/b' must be 1 to 100 letters"), line);
  }

  @Test
  void damagedCheckpointsAreNamedAndNothingIsLost() throws IOException {
    console.succeed(Console.train(List.of("train.steps=1"), "--runs", runs(), "--name", "d"));
    Path last = run("d").resolve("checkpoints/last.safetensors");
    byte[] metrics = Files.readAllBytes(run("d").resolve("metrics.jsonl"));
    byte[] whole = Files.readAllBytes(last);
    Files.write(last, java.util.Arrays.copyOf(whole, whole.length / 2));
    String line =
        console.fail(
            ExitCode.FAILURE, "train", "--resume", run("d").toString(), "--set", "train.steps=2");
    assertTrue(line.startsWith("hgn4j: checkpoint " + last), line);
    Files.delete(last);
    line = console.fail(ExitCode.FAILURE, "train", "--resume", run("d").toString());
    assertTrue(line.contains("there is no such file"), line);
    assertArrayEquals(metrics, Files.readAllBytes(run("d").resolve("metrics.jsonl")));
  }

  private JsonNode summary(String name) throws IOException {
    return JSON.readTree(run(name).resolve("summary.json").toFile());
  }
}
