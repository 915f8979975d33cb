package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.programs.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that cannot be written, as on a full disk or to a pipe that nobody reads. */
class LostOutputTest {
  @TempDir Path folder;

  private static int run(OutputStream out, ByteArrayOutputStream err, String... line) {
    return Main.run(out, err, line);
  }

  /** Accepts some bytes, then fails. */
  private static OutputStream full(int room) {
    return new OutputStream() {
      private int left = room;

      @Override
      public void write(int value) throws IOException {
        if (left-- <= 0) {
          throw new IOException("No space left on device");
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "train --help",
        "reproduce table1 --list",
        "bench gradient --preset quick --batch 1 --iters 1 --warmup 0 --json --device jvm",
        "floor --system mass-spring --films 2 --frames-out 3 --json"
      })
  void isAFailureInOneLine(String line) {
    for (int room : new int[] {0, 10}) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      assertEquals(ExitCode.FAILURE, run(full(room), err, line.split(" ")), line);
      String said = err.toString(Charset.defaultCharset());
      assertEquals(1, said.lines().count(), said);
      assertTrue(
          said.startsWith("hgn4j: cannot write all of the output: No space left on device; "),
          said);
    }
  }

  @Test
  void aWrongCommandKeepsItsLineAndCode() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertEquals(ExitCode.USAGE, run(full(0), err, "trian"));
    assertEquals(1, err.toString(Charset.defaultCharset()).lines().count());
  }

  @Test
  void outputThatIsWrittenIsNoFailure() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(0, run(out, new ByteArrayOutputStream(), "--help"));
    assertTrue(out.toString(Charset.defaultCharset()).contains("Usage: hgn4j"));
  }

  @Test
  void soForTheProgramItself() throws IOException, InterruptedException {
    Path device = Path.of("/dev/full");
    assumeTrue(Files.isWritable(device), "there is no /dev/full");
    Program program = new Program(folder).to(device);
    assertEquals(ExitCode.FAILURE, program.run("--help"));
    assertTrue(program.err().startsWith("hgn4j: cannot write all of the output: "), program.err());
  }
}
