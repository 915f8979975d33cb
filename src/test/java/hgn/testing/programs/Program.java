package hgn.testing.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program as a process of its own. */
public final class Program {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path output;

  /** Runs in this folder. */
  public Program(Path folder) {
    this.folder = folder;
  }

  /** Writes standard output there instead of to a file that is {@linkplain #out read}. */
  public Program to(Path file) {
    output = file;
    return this;
  }

  /** Sets a variable of its environment. */
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Starts it. */
  public Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.add("hgn.cli.Main");
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return builder
        .directory(folder.toFile())
        .redirectOutput((output == null ? folder.resolve("out") : output).toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /** Runs it to its end and returns the exit code. */
  public int run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).waitFor();
  }

  /** What it printed. */
  public String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  /** The errors that it printed. */
  public String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
