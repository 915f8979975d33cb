package hgn.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process that is ended, with all that it has started, when its time is up. A thread could not
 * be: it may wait in the driver for a kernel that never finishes.
 */
final class TimedProcess {
  /** How long an ended process may take to vanish, and its last lines to arrive. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Process process;
  private final Thread reader;
  private volatile String lastLine = "";

  private TimedProcess(Process process, Consumer<String> lines) {
    this.process = process;
    reader = new Thread(() -> read(lines), "output of a process");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * How a process ended.
   *
   * @param code exit code; empty if its time was up
   * @param seconds how long it ran
   * @param lastLine the last line that it printed
   */
  record Outcome(OptionalInt code, double seconds, String lastLine) {
    boolean passed() {
      return code.isPresent() && code.getAsInt() == 0;
    }

    /** Why it did not pass, in words; empty if it did. */
    Optional<String> failure() {
      if (passed()) {
        return Optional.empty();
      }
      if (code.isEmpty()) {
        return Optional.of("ended when its share of the time was used up");
      }
      return Optional.of(
          code.getAsInt() == 1 && !lastLine.isEmpty()
              ? lastLine
              : "ended by itself with exit code " + code.getAsInt() + ", last line: " + lastLine);
    }
  }

  /**
   * Runs a process to its end, or as long as it may.
   *
   * @param lines receives what it prints, by line
   * @throws UncheckedIOException if it does not start
   */
  static Outcome run(
      List<String> command,
      Path folder,
      Map<String, String> environment,
      Duration most,
      Consumer<String> lines) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread guard = new Thread(() -> end(process)); // this program may be ended as well
    Runtime.getRuntime().addShutdownHook(guard);
    try {
      TimedProcess timed = new TimedProcess(process, lines);
      boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (!ended) {
        end(process);
        process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
      timed.reader.join(GRACE.toMillis());
      OptionalInt code = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
      return new Outcome(code, seconds, timed.lastLine);
    } catch (InterruptedException interrupted) {
      end(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + command.get(0));
    } finally {
      Runtime.getRuntime().removeShutdownHook(guard);
    }
  }

  private static void end(Process process) {
    try (Stream<ProcessHandle> all = process.descendants()) {
      all.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          lastLine = line.strip();
        }
        lines.accept(line);
      }
    } catch (IOException ended) {
      return; // with the process
    }
  }
}
