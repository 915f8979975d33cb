package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import hgn.testing.programs.LockingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a run locked by another process. */
@Timeout(120)
class LockedRunTest {
  @TempDir private Path runs;
  private final Console console = new Console();

  @Test
  void oneProcessTrainsARunAndOthersReadIt() throws IOException, InterruptedException {
    console.succeed(
        Console.train(List.of("train.steps=2"), "--runs", runs.toString(), "--name", "r"));
    Path run = runs.resolve("r");
    byte[] metrics = Files.readAllBytes(run.resolve("metrics.jsonl"));
    String[] resume = {"train", "--resume", run.toString(), "--set", "train.steps=3"};
    try (LockingProgram other = LockingProgram.on(run)) {
      String line = console.fail(ExitCode.FAILURE, resume);
      assertTrue(line.startsWith("hgn4j: " + run + ": process " + other.pid() + " on "), line);
      assertTrue(line.endsWith("; wait until that has ended, or end it, and try again"), line);
      assertArrayEquals(metrics, Files.readAllBytes(run.resolve("metrics.jsonl")));
      console.succeed("evaluate", run.toString(), "--rollouts", "2");
      other.kill();
    }
    console.succeed(resume);
    assertEquals("", Files.readString(run.resolve("lock")));
  }

  @Test
  void soWithAFlow() throws IOException {
    List<String> line =
        new ArrayList<>(List.of("flow", "train", "--runs", runs.toString(), "--name", "f"));
    for (String setting :
        List.of(
            "flow.flows=2",
            "flow.hidden=8",
            "train.batch=16",
            "train.steps=1",
            "train.evaluate-points=20",
            "train.draws=2")) {
      line.addAll(List.of("--set", setting));
    }
    console.succeed(line.toArray(String[]::new));
    Path run = runs.resolve("f");
    try (LockingProgram other = LockingProgram.on(run)) {
      String refusal = console.fail(ExitCode.FAILURE, "flow", "train", "--resume", run.toString());
      assertTrue(
          refusal.startsWith("hgn4j: " + run + ": process " + other.pid() + " on "), refusal);
    }
  }
}
