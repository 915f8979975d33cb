package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.mechanics.HenonHeiles;
import hgn.testing.Console;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The command that computes what the best possible predictor scores. */
class FloorTest {
  private static final String[] SHORT = {
    "floor", "--films", "3", "--particles", "128", "--frames-out", "3"
  };
  private final Console console = new Console();

  private static String[] line(String... more) {
    String[] line = new String[SHORT.length + more.length];
    System.arraycopy(SHORT, 0, line, 0, SHORT.length);
    System.arraycopy(more, 0, line, SHORT.length, more.length);
    return line;
  }

  @Test
  void theTableSaysWhatWasSeenAndWhatIsPossible() {
    String printed = console.succeed(line("--system", "damped-spring", "--frames-in", "3"));
    assertTrue(printed.contains("3 frames seen, frames 3 to 5 given back, 3 films"), printed);
    assertTrue(printed.contains("best prediction: the mean of possible films"), printed);
    assertTrue(printed.contains("3/3 films"), printed);
  }

  @Test
  void jsonHasEveryNumberWithItsInterval() throws IOException {
    String[] line =
        line(
            "--system",
            "mass-spring",
            "--frames-in",
            "all",
            "--renderer",
            "smooth",
            "--noise",
            "0.3",
            "--json");
    String printed = console.succeed(line);
    assertEquals(printed, console.succeed(line), "the same numbers every time");
    JsonNode tree = new ObjectMapper().readTree(printed);
    assertEquals(0.3, tree.get("noise_sigma").asDouble());
    assertEquals(3, tree.get("frames_in").asInt());
    assertEquals(0, tree.get("start").asInt());
    for (String key :
        new String[] {
          "noise", "bayes", "single", "sample", "constant_image", "mean_frame", "held_frame"
        }) {
      assertTrue(tree.get(key).asDouble() > 0, key);
      assertTrue(tree.get(key + "_interval").asDouble() > 0, key);
    }
    assertEquals(0, tree.get("thin").size());
  }

  @Test
  void nonsenseIsRefusedInOneLine() {
    assertRefused(1, "'shiny' is unknown", "--system", "pendulum", "--renderer", "shiny");
    assertRefused(2, "--noise -0.1", "--system", "pendulum", "--noise", "-0.1");
    assertRefused(1, "without noise", "--system", "pendulum", "--noise", "0");
    assertRefused(2, "--frames-in some", "--system", "pendulum", "--frames-in", "some");
    assertRefused(2, "--frames-in 5000", "--system", "pendulum", "--frames-in", "5000");
    assertRefused(2, "--frames-out 0", "--system", "pendulum", "--frames-out", "0");
    assertRefused(2, "--dt", "--system", "pendulum", "--dt", "-1");
    assertRefused(2, "--particles 10", "--system", "pendulum", "--particles", "10");
    assertRefused(1, "did you mean 'pendulum'", "--system", "pendulun");
    assertRefused(1, "without noise", "--system", HenonHeiles.class.getName());
    console.fail(2, "floor");
  }

  private void assertRefused(int code, String part, String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "floor";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    String printed = console.fail(code, line);
    assertTrue(printed.contains(part), printed);
  }
}
