package hgn.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.config.ConfigException;
import hgn.files.StorageException;
import hgn.safetensors.CheckpointException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorReportTest {
  private final StringWriter text = new StringWriter();

  private String report(boolean debug, int code, Throwable error) {
    text.getBuffer().setLength(0);
    assertEquals(code, new ErrorReport(new PrintWriter(text), () -> debug).failed(error));
    return text.toString().stripTrailing();
  }

  @Test
  void messagesForTheUserStandAlone() {
    assertEquals(
        "hgn4j: checkpoint a.st: it is cut short; use another",
        report(
            false, 1, new CheckpointException(Path.of("a.st"), "it is cut short", "use another")));
    assertEquals(
        "hgn4j: runs/a: it exists already; use --resume",
        report(
            false,
            1,
            new StorageException(Path.of("runs/a"), "it exists already", "use --resume")));
    assertEquals("hgn4j: wrong key", report(false, 2, new ConfigException("wrong\n key")));
    assertEquals(
        "hgn4j: [conv2d] shapes",
        report(false, 1, new IllegalArgumentException("[conv2d]\nshapes")));
  }

  @Test
  void inputAndOutputErrorsNameTheFile() {
    assertEquals(
        "hgn4j: a/b: no such file or folder", report(false, 1, new NoSuchFileException("a/b")));
    assertEquals(
        "hgn4j: input or output failed: broken pipe",
        report(false, 1, new UncheckedIOException(new IOException("broken pipe"))));
  }

  @Test
  void faultsAskForAReport() {
    Throwable[] faults = {
      new NullPointerException("x is null"),
      new IllegalStateException(),
      new ArrayIndexOutOfBoundsException(3),
      new StackOverflowError()
    };
    for (Throwable fault : faults) {
      String line = report(false, 1, fault);
      assertTrue(line.startsWith("hgn4j: internal error: "), line);
      assertTrue(line.contains("--debug"), line);
      assertEquals(1, line.lines().count(), line);
    }
    assertTrue(
        report(false, 1, new OutOfMemoryError("Java heap space")).contains("lower train.batch"));
  }

  @Test
  void theStackTraceIsForDebugging() {
    RuntimeException error = new RuntimeException("what happened");
    assertFalse(report(false, 1, error).contains("ErrorReportTest"));
    String debug = report(true, 1, error);
    assertEquals("hgn4j: what happened", debug.lines().findFirst().orElseThrow());
    assertTrue(debug.contains("at hgn.cli.console.ErrorReportTest"), debug);
  }
}
