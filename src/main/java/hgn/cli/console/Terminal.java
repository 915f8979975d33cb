package hgn.cli.console;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The terminal of the program. */
public final class Terminal {
  private static final int USUAL = 80;
  private static final File DEVICE = new File("/dev/tty");

  private Terminal() {}

  /**
   * The number of columns; 0 if there is no terminal, or one that cannot go back in a line, and 80
   * if unknown.
   */
  static int columns() {
    return isThere() && goesBack(System.getenv("TERM")) ? width(System.getenv("COLUMNS")) : 0;
  }

  /** Width of text: {@code most}, or that of a terminal which is narrower. */
  public static int textWidth(int most) {
    return isThere() ? Math.min(most, width(System.getenv("COLUMNS"))) : most;
  }

  /** Since Java 22 there may be a console where input and output are files or pipes. */
  private static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException older) {
      return true;
    }
  }

  /** Whether a line can be overwritten on a terminal of that kind. */
  static boolean goesBack(String kind) {
    return !"dumb".equals(kind);
  }

  private static int width(String columns) {
    int exported = parse(columns);
    int asked = exported > 0 ? exported : ask();
    return asked > 0 ? asked : USUAL;
  }

  /** The second number of {@code stty size}, or 0 if that fails. */
  private static int ask() {
    if (!DEVICE.canRead()) {
      return 0;
    }
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(DEVICE).start();
      try {
        if (!stty.waitFor(1, TimeUnit.SECONDS)) {
          return 0;
        }
        String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return parse(text.substring(text.indexOf(' ') + 1).strip());
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException unknown) {
      return 0;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Parses a plausible number of columns, or returns 0. */
  static int parse(String text) {
    return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 0;
  }
}
