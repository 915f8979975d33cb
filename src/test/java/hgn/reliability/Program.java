package hgn.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program as a process of its own, in a working folder, with a limit on how long it may take.
 */
final class Program {
  /** A process that takes longer hangs. */
  private static final long WATCHDOG_SECONDS = 240;

  /** What users run; mvn package makes it. */
  private static final Path JAR = Path.of("target", "hgn4j.jar");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final Path folder;
  private final List<String> around;
  private final List<String> virtualMachine;

  /** How a process ended. */
  record End(int code, String out, String err, double seconds) {
    /** All that is known, for the message of a failed test. */
    String describe() {
      return "exit code " + code + "\n" + err + out;
    }
  }

  private Program(Path folder, List<String> around, List<String> virtualMachine) {
    this.folder = folder;
    this.around = around;
    this.virtualMachine = virtualMachine;
  }

  /** The program in a working folder. */
  static Program in(Path folder) {
    List<String> quickStart = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g");
    return new Program(folder, List.of(), quickStart);
  }

  /** The same, started by another program, such as {@code prlimit --nofile=32}. */
  Program by(String... words) {
    return new Program(folder, List.of(words), virtualMachine);
  }

  /** The same, with further options of the virtual machine. */
  Program with(String... options) {
    List<String> all = new ArrayList<>(virtualMachine);
    all.addAll(List.of(options));
    return new Program(folder, around, all);
  }

  /** The words of a command, of which those with blanks stand in single quotes. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  /** Runs a command to its end. */
  End run(String command) throws IOException, InterruptedException {
    return end(start(command), WATCHDOG_SECONDS * 1000, true);
  }

  /** Runs a command and kills it after so many milliseconds, as {@code kill -9} does. */
  End kill(String command, long milliseconds) throws IOException, InterruptedException {
    return end(start(command), milliseconds, false);
  }

  /** Starts a command. */
  Process start(String command) throws IOException {
    List<String> line = new ArrayList<>(around);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(virtualMachine);
    line.addAll(List.of("-Dhgn.threads=1", "-Djava.awt.headless=true"));
    line.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
    line.addAll(words(command));
    return new ProcessBuilder(line)
        .directory(folder.toFile())
        .redirectOutput(log(".out").toFile())
        .redirectError(log(".err").toFile())
        .start();
  }

  /** Outside the working folder, whose disk may be full. */
  private Path log(String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }

  /** Waits for a process to end by itself, or kills it. */
  End end(Process process, long milliseconds, boolean mustEnd)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    if (mustEnd && !ended) {
      throw new IllegalStateException("it hangs: " + process.info() + read(".err") + read(".out"));
    }
    return new End(
        process.exitValue(), read(".out"), read(".err"), (System.nanoTime() - started) * 1e-9);
  }

  private String read(String suffix) throws IOException {
    return new String(Files.readAllBytes(log(suffix)), StandardCharsets.UTF_8);
  }
}
