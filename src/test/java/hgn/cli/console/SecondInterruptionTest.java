package hgn.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SecondInterruptionTest {
  private static final int TERMINATED = 128 + 15;

  /** Work that ignores the request to stop. */
  static final class DeafWork {
    private DeafWork() {}

    public static void main(String[] args) throws InterruptedException {
      PrintWriter out = new PrintWriter(System.out, true);
      try (Interruption interruption =
          new Interruption(() -> out.println("asked"), "farewell", out)) {
        out.println("working");
        Thread.sleep(TimeUnit.MINUTES.toMillis(2));
      }
    }
  }

  @Test
  void theSecondInterruptionEndsAtOnceWhatTheFirstLeavesRunning()
      throws IOException, InterruptedException {
    assumeTrue(File.separatorChar == '/', "exit codes of signals are those of Unix");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DeafWork.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said = program.inputReader()) {
      assertEquals("working", said.readLine());
      program.toHandle().destroy(); // asks it to terminate
      assertEquals("asked", said.readLine());
      assertTrue(said.readLine().contains("again"), "it says how to end at once");
      assertTrue(program.isAlive(), "it waits for the work");
      program.toHandle().destroy();
      assertTrue(program.waitFor(60, TimeUnit.SECONDS), "it does not end");
      assertEquals(TERMINATED, program.exitValue());
      assertFalse(said.lines().anyMatch(line -> line.contains("farewell")), "it took its time");
    } finally {
      program.destroyForcibly();
    }
  }
}
