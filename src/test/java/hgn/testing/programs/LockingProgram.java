package hgn.testing.programs;

import hgn.files.FolderLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A separate process that holds a folder's lock until it ends. */
public final class LockingProgram implements AutoCloseable {
  private static final String HELD = "held";

  private final Process process;

  private LockingProgram(Process process) {
    this.process = process;
  }

  /** Starts the process; it holds the lock when this returns. */
  public static LockingProgram on(Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                LockingProgram.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    LockingProgram program = new LockingProgram(process);
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = printed.readLine();
    if (!HELD.equals(line)) {
      program.close();
      throw new IllegalStateException("the locking program says " + line);
    }
    return program;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Ends the process normally. */
  public void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  /** Kills the process as {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    try {
      kill(); // until it has ended it holds the lock
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds the lock of the folder {@code args[0]} until its input ends. */
  public static void main(String[] args) throws IOException {
    try (FolderLock lock = FolderLock.take(Path.of(args[0]))) {
      System.out.println(HELD);
      while (System.in.read() >= 0) {
        // until it ends
      }
    }
  }
}
