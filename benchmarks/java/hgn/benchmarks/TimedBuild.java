package hgn.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A build of {@code benchmarks.jar} in a process of its own, which times when it is asked. */
final class TimedBuild implements AutoCloseable {
  private final Path jar;
  private final Process process;
  private final PrintWriter to;
  private final BufferedReader from;

  /**
   * Starts the process.
   *
   * @param plant workload to slow down; null for none
   */
  TimedBuild(Path jar, String backend, String plant) {
    this.jar = jar;
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx1g");
    for (String key : List.of("hgn.threads", "hgn.isa")) {
      if (System.getProperty(key) != null) {
        line.add("-D" + key + "=" + System.getProperty(key));
      }
    }
    if (plant != null) {
      line.add("-D" + TimingServer.PLANT + "=" + plant);
    }
    line.addAll(List.of("-jar", jar.toString(), "--serve", "--backend", backend));
    try {
      process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException error) {
      throw new UncheckedIOException("[benchmarks] cannot start " + jar, error);
    }
    to = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Seconds of a call of this workload, timed for so long; empty if the build does not have it. */
  OptionalDouble time(String workload, long milliseconds) {
    to.println(milliseconds + " " + workload);
    String answer;
    try {
      answer = from.readLine();
    } catch (IOException error) {
      throw new UncheckedIOException("[benchmarks] cannot read from " + jar, error);
    }
    if (answer == null) {
      throw new IllegalStateException("[benchmarks] " + jar + " ended at " + workload);
    }
    return answer.equals(TimingServer.UNKNOWN)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(answer));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
