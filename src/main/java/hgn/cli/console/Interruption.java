package hgn.cli.console;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C and termination requests: asks the work to stop and waits for it for a limited
 * time. A second signal terminates at once. Exit codes are those of the signal, 130 for Ctrl-C.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;
  private static final long SILENT_SECONDS = 2;

  private final Runnable stop;
  private final PrintWriter err;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutDown, "interruption");
  private volatile String farewell;

  /**
   * Registers {@code stop} to run on an interruption.
   *
   * @param farewell line to print if the work does not stop in time
   */
  public Interruption(Runnable stop, String farewell, PrintWriter err) {
    this.stop = stop;
    this.farewell = farewell;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Sets the line to print at the end of an interruption; none if it is empty. */
  public void farewell(String line) {
    farewell = line;
  }

  private void shutDown() {
    SecondInterruption.endsAtOnce();
    stop.run();
    try {
      if (!over.await(SILENT_SECONDS, TimeUnit.SECONDS)) {
        say("finishing this step and saving; interrupt again to stop at once without saving");
        over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    say(farewell);
  }

  private void say(String line) {
    if (line.isEmpty()) {
      return;
    }
    err.println("hgn4j: " + line);
    err.flush();
  }

  /** Ends the work, so that an interruption no longer waits for it. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException interrupted) {
      // The hook is waiting for this.
    }
    over.countDown();
  }
}
