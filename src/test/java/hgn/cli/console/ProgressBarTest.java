package hgn.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private static final long SECOND = 1_000_000_000L;
  private final StringWriter text = new StringWriter();
  private long now = 7 * SECOND;

  private ProgressBar bar(int width, long first) {
    return new ProgressBar(new PrintWriter(text), width, first, 1000, 16, "rollouts", () -> now);
  }

  private static String values(double loss, double mse, double kl, double lambda) {
    return String.format(
        Locale.ROOT, "loss %.3g MSE %.3g KL %.3g lambda %.3g", loss, mse, kl, lambda);
  }

  @Test
  void elsewhereALineComesEveryFewSeconds() {
    try (ProgressBar bar = bar(0, 0)) {
      for (int step = 1; step <= 12; step++) {
        now += SECOND;
        bar.update(step, values(0.5, 0.0123, 1.5e-6, 1.25));
      }
    }
    String[] lines = text.toString().split("\n");
    assertEquals(4, lines.length, text.toString()); // steps 1, 6 and 11, and the last
    assertEquals(
        "6/1000 loss 0.500 MSE 0.0123 KL 1.50e-06 lambda 1.25 16.0 rollouts/s 16:34 left",
        lines[1]);
    assertTrue(lines[3].startsWith("12/1000 "), lines[3]);
    assertFalse(text.toString().contains("\r"));
  }

  @Test
  void onATerminalTheLineIsOverwritten() {
    try (ProgressBar bar = bar(120, 0)) {
      now += SECOND;
      bar.update(500, values(1, 1, 1, 1));
      now += SECOND;
      bar.message("test MSE 3");
      bar.update(501, values(1, 1, 1, 1));
    }
    String shown = text.toString();
    assertTrue(shown.startsWith("\r[##############"), shown);
    assertTrue(shown.contains("#...............] 500/1000 loss 1.00"), shown);
    assertTrue(shown.contains("\rtest MSE 3\n"), shown);
    assertTrue(shown.endsWith("left\n"), shown);
  }

  @Test
  void aNarrowTerminalIsNotOverrun() {
    try (ProgressBar bar = bar(40, 0)) {
      now += SECOND;
      bar.update(500, values(1, 1, 1, 1));
    }
    assertEquals("500/1000 loss 1.00 MSE 1.00 KL 1.00", text.toString().strip());
  }

  @Test
  void speedCountsOnlyTheStepsOfThisProcess() {
    try (ProgressBar bar = bar(0, 900)) {
      now += 10 * SECOND;
      bar.update(910, values(1, 1, 1, 1));
    }
    assertTrue(text.toString().contains("16.0 rollouts/s 1:30 left"), text.toString());
  }

  @Test
  void speedIsUnknownBeforeTimeHasPassed() {
    try (ProgressBar bar = bar(0, 0)) {
      bar.update(1, values(Double.NaN, 1, 1, 1));
    }
    assertTrue(text.toString().contains("loss NaN"), text.toString());
    assertTrue(text.toString().contains("- rollouts/s"), text.toString());
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "59, 0:59", "61, 1:01", "3599, 59:59", "3600, 1:00:00", "90061, 25:01:01"})
  void durationsRead(long seconds, String words) {
    assertEquals(words, ProgressBar.duration(seconds));
  }
}
