package hgn.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in this process and keeps their output. */
public final class Console {
  /** Settings for a tiny model, data set and evaluation. */
  public static final List<String> TINY =
      List.of(
          "train.batch=2",
          "train.evaluate-rollouts=3",
          "train.evaluate-every=2",
          "train.log-every=1",
          "data.workers=1",
          "train.schedule=constant", // otherwise the learning rates depend on the number of steps
          "train.vae-beta-start=0",
          "train.widening=0",
          "model.frames-out=4",
          "train.decode-frames=2");

  private String out = "";
  private String err = "";

  /** Exit code of a command. */
  public int run(String... args) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    int code = Main.run(new PrintWriter(printed), new PrintWriter(errors), args);
    out = printed.toString();
    err = errors.toString();
    return code;
  }

  /** What the last command printed. */
  public String out() {
    return out;
  }

  /** The errors of the last command. */
  public String err() {
    return err;
  }

  /** Runs a command that must succeed; returns its output. */
  public String succeed(String... args) {
    int code = run(args);
    assertEquals("", err, "errors of " + List.of(args));
    assertEquals(0, code, out);
    return out;
  }

  /** Runs a command that must fail with one line and no stack trace; returns the line. */
  public String fail(int expected, String... args) {
    int code = run(args);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("hgn4j: "), err);
    assertEquals(expected, code, err);
    return err.strip();
  }

  /** The arguments of {@code train} with the tiny settings, further settings and arguments. */
  public static String[] train(List<String> settings, String... args) {
    List<String> line = new ArrayList<>(List.of("train"));
    line.addAll(List.of(args));
    for (String setting : TINY) {
      line.addAll(List.of("--set", setting));
    }
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    return line.toArray(String[]::new);
  }
}
