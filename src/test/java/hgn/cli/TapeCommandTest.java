package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapeCommandTest {
  private final Console console = new Console();
  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @ParameterizedTest
  @CsvSource({"kick, A kick", "leapfrog, A leapfrog step", "encoder, The quick encoder"})
  void aTapeIsDrawnInEveryFormat(String what, String title) throws IOException {
    String out =
        console.succeed(
            "tape",
            "--of",
            what,
            "--dot",
            path("a.dot"),
            "--html",
            path("a.html"),
            "--svg",
            path("a.svg"));
    assertTrue(out.contains("tape   " + title), out);
    assertTrue(out.contains("nodes: second backward") && !out.contains(" 0 nodes"), out);
    assertTrue(Files.readString(folder.resolve("a.dot")).startsWith("digraph"));
    assertTrue(Files.readString(folder.resolve("a.html")).contains("<h1>" + title));
    assertTrue(Files.readString(folder.resolve("a.svg")).startsWith("<svg"));
  }

  @Test
  void theStepOfAConfigurationHasItsLayers() throws IOException {
    Files.writeString(folder.resolve("own.yaml"), "model:\n  preset: quick\n  integrator: euler\n");
    String out = console.succeed("tape", "--of", path("own.yaml"), "--dot", path("own.dot"));
    assertTrue(out.contains("A step of euler"), out);
    String dot = Files.readString(folder.resolve("own.dot"));
    assertTrue(dot.contains("hamiltonian.potential.0.weight"), "the energy's layers");
    assertFalse(dot.contains("decoder."), "and no others");
  }

  @Test
  void aTraceIsWritten() throws IOException {
    String out = console.succeed("tape", "--trace", path("step.json"), "--batch", "1");
    assertTrue(out.contains(" operations on backend "), out);
    var events = new ObjectMapper().readTree(folder.resolve("step.json").toFile());
    assertTrue(events.path("traceEvents").size() > 100);
  }

  @Test
  void whatCannotBeDrawnIsSaid() {
    assertEquals(
        "hgn4j: nothing to write; give --html, --dot, --svg or --trace; see hgn4j tape --help",
        console.fail(ExitCode.USAGE, "tape"));
    String missing = console.fail(1, "tape", "--of", path("none"), "--dot", path("a.dot"));
    assertTrue(missing.contains("give kick, leapfrog, encoder, a run's folder"), missing);
  }

  @Test
  void directDynamicsHaveNoEnergy() throws IOException {
    Files.writeString(folder.resolve("direct.yaml"), "model:\n  dynamics: direct\n");
    String line = console.fail(1, "tape", "--of", path("direct.yaml"), "--dot", path("direct.dot"));
    assertTrue(line.contains("no energy"), line);
  }
}
