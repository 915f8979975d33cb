package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Console;
import hgn.testing.programs.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own, under a DISPLAY that is named and not there. */
class StaleDisplayTest {
  @TempDir Path folder;
  private String err;

  private int run(String display, String... arguments) throws IOException, InterruptedException {
    Program program = new Program(folder).with("DISPLAY", display);
    int code = program.run(arguments);
    err = program.err();
    return code;
  }

  /** Left behind by ssh -X, by a desktop that is gone, or mistyped. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost:10.0", ":99", "no.such.host:0", "nonsense"})
  void trainingDrawsItsPictures(String display) throws IOException, InterruptedException {
    String[] train =
        Console.train(List.of("train.steps=1"), "--runs", folder.toString(), "--name", "run");
    assertEquals(0, run(display, train), err);
    assertEquals("", err);
    for (String file : List.of("summary.json", "filmstrip.png", "loss.png", "forward.gif")) {
      assertTrue(Files.size(folder.resolve("run").resolve(file)) > 0, file);
    }
  }

  @Test
  void otherCommandsDrawToo() throws IOException, InterruptedException {
    String display = "localhost:10.0";
    String run = folder.resolve("run").toString();
    new Console()
        .succeed(
            Console.train(List.of("train.steps=1"), "--runs", folder.toString(), "--name", "run"));
    for (String command : List.of("rollout", "sample")) {
      assertEquals(0, run(display, command, run, "--frames", "2"), err);
    }
    assertEquals(0, run(display, "verify", "--run", run), err);
    assertEquals(0, run(display, "evaluate", run, "--rollouts", "2"), err);
    assertEquals("", err);
  }
}
