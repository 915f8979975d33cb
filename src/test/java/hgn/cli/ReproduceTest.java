package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.files.FolderLock;
import hgn.files.LockHolder;
import hgn.testing.Console;
import hgn.testing.programs.LockingProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ReproduceTest {
  private static final String FAST = "pendulum-leapfrog-geco0.1";
  private static final String MIDDLE = "pendulum-leapfrog-geco0.05";
  private static final String SLOW = "pendulum-leapfrog-geco0.01";

  @TempDir private Path folder;
  private final Console console = new Console();

  /** Figure 6 with three trainings of two steps. */
  private String[] figure6(String... more) {
    List<String> line = new ArrayList<>(List.of("reproduce", "figure6", "--out", out().toString()));
    line.addAll(List.of(more));
    for (String setting : Console.TINY) {
      line.addAll(List.of("--set", setting));
    }
    line.addAll(List.of("--set", "train.steps=2", "--set", "train.past-frames=0"));
    return line.toArray(String[]::new);
  }

  private Path out() {
    return folder.resolve("reproduced");
  }

  private Path run(String name) {
    return out().resolve("runs").resolve(name);
  }

  private List<String> list() {
    return console.succeed(figure6("--list")).lines().toList();
  }

  @Test
  void listSaysHowFarEachTrainingIsAndTrainsNothing() throws IOException {
    assertEquals(
        List.of(
            "pendulum-leapfrog-geco0.1   not begun  2 steps",
            "pendulum-leapfrog-geco0.05  not begun  2 steps",
            "pendulum-leapfrog-geco0.01  not begun  2 steps"),
        list());
    assertFalse(Files.exists(out()));

    console.succeed(figure6("--only", MIDDLE));
    Files.createDirectories(run(FAST));
    try (LockingProgram other = LockingProgram.on(run(FAST))) {
      String locked = "locked by " + LockHolder.self().host() + ":" + other.pid();
      String blanks = " ".repeat(locked.length() - "not begun".length());
      assertEquals(
          List.of(
              "pendulum-leapfrog-geco0.1   " + locked + "  2 steps",
              "pendulum-leapfrog-geco0.05  done" + " ".repeat(5) + blanks + "  2 steps",
              "pendulum-leapfrog-geco0.01  not begun" + blanks + "  2 steps"),
          list());
    }
    List<String> others =
        console.succeed(figure6("--list", "--set", "train.seed=7")).lines().toList();
    assertTrue(others.get(1).startsWith(MIDDLE + "  unusable   2 steps  "), others.get(1));
    assertTrue(others.get(1).contains("train.seed (was 1, now 7)"), others.get(1));
    assertEquals("", console.succeed("reproduce", "figure3", "--list"));
  }

  @Test
  void onlyMakesOneTrainingOnce() {
    String printed = console.succeed(figure6("--only", MIDDLE));
    assertTrue(printed.startsWith("1/1 " + MIDDLE + ", 2 steps"), printed);
    assertTrue(printed.contains("run     " + run(MIDDLE)), printed);
    assertTrue(Files.exists(run(MIDDLE).resolve("evaluation.json")));
    assertFalse(Files.exists(run(FAST)));
    assertFalse(Files.exists(out().resolve("report.md")));
    printed = console.succeed(figure6("--only", MIDDLE));
    assertTrue(printed.startsWith(MIDDLE + " is made already"), printed);

    printed = console.succeed(figure6());
    assertTrue(printed.contains(MIDDLE + " is made already"), printed);
    assertTrue(printed.contains("3/3 " + SLOW), printed);
    assertTrue(Files.exists(out().resolve("report.md")));
    assertTrue(list().stream().allMatch(line -> line.contains(" done ")), () -> list().toString());
  }

  @Test
  void onlyOneThatAnotherMakesIsRefusedInOneLine() throws IOException {
    Files.createDirectories(run(SLOW));
    try (LockingProgram other = LockingProgram.on(run(SLOW))) {
      String line = console.fail(ExitCode.FAILURE, figure6("--only", SLOW));
      assertTrue(line.startsWith("hgn4j: " + run(SLOW) + ": process " + other.pid()), line);
      assertTrue(line.contains(" is writing into it; wait until that has ended"), line);
    }
  }

  @Test
  void onlyOneThatFailsIsAFailure() {
    int code = console.run(figure6("--only", SLOW, "--set", "train.learning-rate=1e38"));
    assertEquals(ExitCode.FAILURE, code);
  }

  @Test
  void theReportIsWrittenByOneAtATime() throws Exception {
    Files.createDirectories(out());
    StringWriter printed = new StringWriter();
    CompletableFuture<Integer> code;
    try (FolderLock lock = FolderLock.take(out())) {
      code =
          CompletableFuture.supplyAsync(
              () -> Main.run(new PrintWriter(printed), new PrintWriter(printed), figure6()));
      String waiting = "waiting for " + LockHolder.self().describe() + ", which writes the report";
      while (!printed.toString().contains(waiting)) {
        assertFalse(code.isDone(), printed::toString);
        Thread.sleep(50);
      }
      assertFalse(Files.exists(out().resolve("report.md")));
    }
    assertEquals(0, code.get(60, TimeUnit.SECONDS), printed::toString);
    assertTrue(Files.exists(out().resolve("report.md")));
  }

  @Test
  void badInputIsOneLine() {
    String line = console.fail(ExitCode.USAGE, figure6("--only", "pendulum-leapfrog-geco.05"));
    assertTrue(
        line.startsWith(
            "hgn4j: --only 'pendulum-leapfrog-geco.05' is none of the 3 trainings; the nearest is '"
                + MIDDLE
                + "', and --list prints all; see "),
        line);
    line = console.fail(ExitCode.USAGE, figure6("--only", MIDDLE, "--list"));
    assertTrue(line.contains("--list trains nothing and --only one run; leave one"), line);
    line = console.fail(ExitCode.USAGE, figure6("--only", MIDDLE, "--only", SLOW));
    assertTrue(line.contains("--only"), line);
    line = console.fail(ExitCode.USAGE, figure6("--list", "--set", "train.stebs=1"));
    assertTrue(line.contains("train.steps"), line);
    line = console.fail(ExitCode.USAGE, "reproduce", "figure3", "--only", MIDDLE);
    assertTrue(line.contains("--only " + MIDDLE + ": figure3 needs no training"), line);
    assertFalse(Files.exists(out()));
  }
}
