package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.mechanics.HenonHeiles;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a system given by its class, and with one as printed. */
class OwnSystemTest {
  private static final String OWN = HenonHeiles.class.getName();

  @TempDir Path folder;
  private final Console console = new Console();

  private Path train(List<String> settings, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--runs";
    arguments[1] = folder.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    console.succeed(Console.train(settings, arguments));
    try (var runs = Files.list(folder)) {
      return runs.findFirst().orElseThrow();
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }

  @Test
  void aRunRemembersTheClass() throws IOException {
    Path run = train(List.of("train.steps=2", "data.system=" + OWN));
    assertEquals("HenonHeiles-quick", run.getFileName().toString());
    var summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    assertEquals(OWN, summary.path("system").asText());
    console.succeed("evaluate", run.toString(), "--rollouts", "2");
    console.succeed("train", "--resume", run.toString(), "--set", "train.steps=3");
  }

  @Test
  void aRunRemembersThatItMovesAsPrinted() throws IOException {
    Path run = train(List.of("train.steps=2", "data.system=two-body"), "--as-printed");
    assertEquals("two-body-as-printed-quick", run.getFileName().toString());
    String config = Files.readString(run.resolve("config.yaml"));
    assertTrue(config.contains("as-printed: true"), config);
    console.succeed("evaluate", run.toString(), "--rollouts", "2");
  }

  /** A run of a version without this key. */
  @Test
  void aRunWithoutTheKeyIsRead() throws IOException {
    Path run = train(List.of("train.steps=2"));
    Path file = run.resolve("config.yaml");
    String config = Files.readString(file);
    Files.writeString(file, config.replaceFirst("(?m)^ *as-printed: false\\R", ""));
    assertTrue(!Files.readString(file).contains("as-printed"));
    console.succeed("evaluate", run.toString(), "--rollouts", "2");
  }

  @Test
  void systemsThatCannotBeTrainedOnAreOneLine() {
    assertRefused(ExitCode.USAGE, "cannot be integrated as printed", "double-pendulum", true);
    assertRefused(ExitCode.USAGE, "has no printed form", OWN, true);
    assertRefused(ExitCode.USAGE, "is not on the class path", "no.such.Thing", false);
    String slope = "hgn.mechanics.TapeSystemTest$Slope";
    assertRefused(ExitCode.FAILURE, "Slope: body 0 leaves the picture", slope, false);
    String fall = "hgn.mechanics.TapeSystemTest$Fall";
    assertRefused(ExitCode.FAILURE, "Fall: H is ", fall, false);
  }

  private void assertRefused(int code, String message, String system, boolean printed) {
    String line =
        console.fail(
            code,
            Console.train(
                List.of(
                    "train.steps=2",
                    "model.frames-out=40",
                    "data.system=" + system,
                    "data.as-printed=" + printed),
                "--runs",
                folder.toString()));
    assertTrue(line.contains(message), line);
  }
}
