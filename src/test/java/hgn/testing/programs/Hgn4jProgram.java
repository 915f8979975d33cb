package hgn.testing.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, whose virtual machine and environment are given. */
public final class Hgn4jProgram {
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final List<String> options = new ArrayList<>(List.of("-Xmx1g", "-Dhgn.threads=1"));
  private final Map<String, String> environment = new TreeMap<>();
  private String out;
  private String err;

  /** The program, working in {@code folder}. */
  public Hgn4jProgram(Path folder) {
    this.folder = folder;
  }

  /** Adds options of the virtual machine. */
  public Hgn4jProgram with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Sets a variable of the environment. */
  public Hgn4jProgram where(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a command and returns its exit code. */
  public int run(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "hgn.cli.Main"));
    line.addAll(List.of(arguments));
    Path printed = Files.createTempFile("hgn4j-test", ".out");
    Path errors = Files.createTempFile("hgn4j-test", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().putAll(environment);
      Process process =
          builder.redirectOutput(printed.toFile()).redirectError(errors.toFile()).start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not end: " + line);
      }
      out = Files.readString(printed);
      err = Files.readString(errors);
      return process.exitValue();
    } finally {
      Files.deleteIfExists(printed);
      Files.deleteIfExists(errors);
    }
  }

  /** What the last command printed. */
  public String out() {
    return out;
  }

  /** What the last command printed as errors. */
  public String err() {
    return err;
  }
}
