package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.cli.console.ErrorReport;
import hgn.cli.console.ExitCode;
import hgn.cli.console.Invocation;
import hgn.testing.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Advice of the program must fit the case, and its commands a shell. */
class AdviceTest {
  @TempDir Path folder;
  private final Console console = new Console();

  /** The words that a shell makes of a command of this program. */
  private static String[] words(String command) throws IOException {
    assumeTrue(File.separatorChar == '/', "a POSIX shell");
    assertTrue(command.startsWith(Invocation.prefix() + " "), command);
    String rest = command.substring(Invocation.prefix().length());
    Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0'" + rest).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my runs", "two  blanks", "it's", "a&b;<c>$d`\"", "\u00fcber \u4e2d"})
  void proposedCommandsCanBePasted(String name) throws IOException {
    Path runs;
    try {
      runs = folder.resolve(name);
    } catch (InvalidPathException notInThisLocale) {
      assumeTrue(false, "the locale has no such letters");
      return;
    }
    String printed =
        console.succeed(
            Console.train(List.of("train.steps=1"), "--runs", runs.toString(), "--name", "a"));
    String proposed =
        printed.lines().filter(line -> line.startsWith("try ")).findFirst().orElseThrow();
    String film = console.succeed(words(proposed.substring(4).strip()));
    assertTrue(film.contains(runs.resolve("a").toString()), film);
    String taken =
        console.fail(
            ExitCode.FAILURE,
            Console.train(List.of("train.steps=1"), "--runs", runs.toString(), "--name", "a"));
    assertTrue(taken.contains("it exists already"), taken);
  }

  @Test
  void aDeterministicModelsSamplesAreNotPraised() throws IOException {
    List<String> settings = List.of("train.steps=1", "model.deterministic=true");
    console.succeed(Console.train(settings, "--runs", folder.toString(), "--name", "det"));
    String run = folder.resolve("det").toString();
    String said = console.succeed("sample", run, "--count", "1", "--frames", "2");
    assertTrue(
        said.contains("note   the model is deterministic: training did not tie its z"), said);
    String table = console.succeed("evaluate", run, "--rollouts", "2");
    assertFalse(table.contains("sample"), table);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.dt=100 model.frames-out=30",
        "data.dt=50 model.frames-out=30",
        "train.objective=vae train.vae-beta=1e39",
        "train.objective=vae train.vae-beta=1e300"
      })
  void whereNothingWasLearntNoLearningRateIsToBlame(String settings) {
    String line =
        console.fail(
            ExitCode.FAILURE,
            Console.train(
                List.of(("train.steps=1 " + settings).split(" ")), "--runs", folder.toString()));
    assertTrue(line.contains(" is not finite"), line);
    assertFalse(line.contains("learning-rate"), line);
    assertTrue(line.contains("nothing has been learnt yet"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | lower train.batch or raise -Xmx",
        "flow train | lower train.batch or raise -Xmx",
        "generate --system pendulum | lower --size or --frames or --count or raise -Xmx",
        "rollout runs/a | lower --frames or raise -Xmx",
        "sample runs/a | lower --frames or --count or raise -Xmx",
        "evaluate runs/a | lower --rollouts or raise -Xmx",
        "bench step | lower --batch or raise -Xmx",
        "explore runs/a | raise -Xmx",
      })
  void theMemoryAdviceNamesWhatTheCommandHas(String line, String advice) {
    StringWriter text = new StringWriter();
    CommandLine.ParseResult parsed = new CommandLine(new Main()).parseArgs(line.split(" "));
    ErrorReport report = new ErrorReport(new PrintWriter(text), () -> false);
    report.failed(new OutOfMemoryError("Java heap space"), parsed);
    assertEquals("hgn4j: out of memory (Java heap space); " + advice, text.toString().strip());
    text.getBuffer().setLength(0);
    report.failed(new ArithmeticException("integer overflow"), parsed);
    assertFalse(text.toString().contains("internal error"), text.toString());
    assertFalse(text.toString().contains("Exception"), text.toString());
  }
}
