package hgn.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.run.Checkpoint;
import hgn.testing.Console;
import hgn.testing.programs.Signals;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interrupts the program from outside, like Ctrl-C or a machine's shutdown. */
class InterruptionTest {
  private static final int BY_SIGNAL = 128;

  @TempDir Path folder;

  /** SIGHUP is what a closed terminal sends. */
  @ParameterizedTest
  @CsvSource({"TERM, 15", "HUP, 1"})
  void anInterruptedRunIsSavedAndGoesOn(String signal, int number)
      throws IOException, InterruptedException {
    assumeTrue(File.separatorChar == '/', "exit codes of signals are those of Unix");
    assumeFalse(signal.equals("HUP") && Signals.isHangUpIgnored(), "started by nohup");
    Path run = folder.resolve("runs/stopped");
    Path printed = folder.resolve("printed");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), "hgn.cli.Train"));
    String[] args =
        Console.train(
            List.of("train.steps=100000", "train.checkpoint-every=0", "train.evaluate-every=0"),
            "--runs",
            folder.resolve("runs").toString(),
            "--name",
            "stopped");
    line.addAll(List.of(args).subList(1, args.length));
    Process program =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    try {
      Path metrics = run.resolve("metrics.jsonl");
      for (int i = 0; i < 600 && program.isAlive(); i++) {
        if (Files.exists(metrics) && Files.readAllLines(metrics).size() >= 2) {
          break;
        }
        Thread.sleep(50);
      }
      Signals.send(signal, program.pid());
      assertTrue(program.waitFor(60, TimeUnit.SECONDS), "it does not end");
    } finally {
      program.destroyForcibly();
    }
    String output = Files.readString(printed);
    assertEquals(BY_SIGNAL + number, program.exitValue(), output);
    long steps = Checkpoint.position(run.resolve("checkpoints/last.safetensors")).steps();
    assertTrue(steps >= 2, "stopped at step " + steps);
    assertEquals(steps, Files.readAllLines(run.resolve("metrics.jsonl")).size());
    String farewell =
        ("hgn4j: saved at step " + steps + " of 100000; go on with: ")
            + Invocation.of("train", "--resume", run.toString());
    assertTrue(output.lines().anyMatch(farewell::equals), output);

    String resumed =
        new Console()
            .succeed("train", "--resume", run.toString(), "--set", "train.steps=" + (steps + 1));
    assertTrue(resumed.contains((steps + 1) + "/" + (steps + 1) + " loss"), resumed);
  }
}
