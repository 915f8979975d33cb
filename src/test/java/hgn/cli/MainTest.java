package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void theVersionIsPrinted() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().startsWith("hgn4j "), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void helpListsTheCommands() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("doctor"), out.toString());
    assertEquals(0, run("doctor", "--help"));
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doctro          | the nearest is doctor; see hgn4j --help",
        "--versoin       | Unknown option: '--versoin'; the nearest is --version",
        "doctor --frob   | Unknown option: '--frob'; see hgn4j doctor --help",
        "reproduce all --seeds 0 | --seeds 0 is out of range; it must be from 1 to 1000",
      })
  void wrongUsageIsOneLine(String line, String message) {
    assertEquals(ExitCode.USAGE, run(line.split(" ")));
    assertTrue(err.toString().startsWith("hgn4j: "), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void noCommandPrintsHelp() {
    assertEquals(0, run());
    assertTrue(out.toString().contains("Usage: hgn4j"), out.toString());
    assertTrue(out.toString().contains("train"), out.toString());
  }

  @Test
  void theDoctorFindsTheBackendsHealthy() {
    assertEquals(0, run("doctor"), out + "\n" + err);
    String report = out.toString();
    assertTrue(report.contains("backend  jvm: "), report);
    assertTrue(report.contains("jvm float64"), report);
    assertTrue(report.contains("convolution's weight gradient"), report);
    assertTrue(report.contains("All is well"), report);
    assertFalse(report.contains("WRONG"), report);
  }
}
