package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.testing.Console;
import hgn.testing.programs.Hgn4jProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program where fonts, fontconfig, freetype, or all that Java draws with are missing, as in
 * small containers. Libraries are hidden behind empty files of the same names.
 */
class NoFontsTest {
  private static final List<String> FREETYPE = List.of("libfreetype.so.6", "libfreetype.so");
  private static final List<String> FONTCONFIG = List.of("libfontconfig.so.1", "libfontconfig.so");

  /** All that the program needs but java.desktop. */
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,"
          + "jdk.httpserver,jdk.management,jdk.unsupported";

  @TempDir Path folder;

  private Hgn4jProgram without(List<String> libraries) throws IOException {
    Path hidden = Files.createDirectories(folder.resolve("hidden"));
    for (String library : libraries) {
      Files.createFile(hidden.resolve(library));
    }
    Path none = Files.createDirectories(folder.resolve("none"));
    Path description = folder.resolve("fonts.conf");
    Files.writeString(
        description,
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>"
            + (none + "</dir><cachedir>" + none + "</cachedir></fontconfig>\n"));
    return new Hgn4jProgram(folder)
        .where("LD_LIBRARY_PATH", hidden.toString())
        .where("FONTCONFIG_FILE", description.toString());
  }

  private Hgn4jProgram withoutDrawing() {
    return new Hgn4jProgram(folder).with("--limit-modules", MODULES);
  }

  private static void mustSucceed(Hgn4jProgram program, String... command)
      throws IOException, InterruptedException {
    assertEquals(0, program.run(command), program.err());
  }

  private void train(Hgn4jProgram program) throws IOException, InterruptedException {
    List<String> settings = List.of("train.steps=1", "train.tensorboard=true");
    mustSucceed(program, Console.train(settings, "--runs", folder.toString(), "--name", "run"));
  }

  private List<String> missing(String... files) {
    return Arrays.stream(files)
        .filter(f -> !Files.exists(folder.resolve("run").resolve(f)))
        .toList();
  }

  /** One warning, with what to install. */
  private static void mustWarnOnce(Hgn4jProgram program) {
    List<String> lines = program.err().lines().filter(line -> line.startsWith("hgn4j: ")).toList();
    assertEquals(1, lines.size(), program.err());
    assertTrue(
        lines.get(0).endsWith("install fontconfig, fonts-dejavu-core and libfreetype6"),
        program.err());
    assertFalse(program.err().contains("\tat "), program.err());
  }

  @Test
  void fontsOfTheMachineAreNotNeeded() throws IOException, InterruptedException {
    Hgn4jProgram program = without(FONTCONFIG);
    train(program);
    assertFalse(program.err().contains("hgn4j:"), program.err());
    assertEquals(List.of(), missing("summary.json", "loss.png", "filmstrip.png", "forward.gif"));
    Hgn4jProgram usual = new Hgn4jProgram(folder);
    for (Hgn4jProgram one : List.of(program, usual)) {
      String out = folder.resolve(one == usual ? "usual" : "bare").toString();
      mustSucceed(
          one,
          ("verify --system mass-spring --states 1 --steps 10 --integrators leapfrog --out " + out)
              .split(" "));
    }
    assertEquals(
        -1,
        Files.mismatch(
            folder.resolve("usual/verification.png"), folder.resolve("bare/verification.png")),
        "the picture depends on the machine's fonts");
  }

  @Test
  void withoutFreetypeThereAreNoWords() throws IOException, InterruptedException {
    Hgn4jProgram program = without(FREETYPE);
    mustSucceed(program, "doctor");
    assumeTrue(program.out().contains("All is well but the pictures"), "this Java brings its own");
    assertTrue(program.out().contains("libfreetype6"), program.out());
    train(program);
    mustWarnOnce(program);
    assertEquals(
        List.of("loss.png"), missing("summary.json", "loss.png", "filmstrip.png", "forward.gif"));
    assertFalse(program.out().contains("loss.png"), program.out());
    film(program, 0, "gif");
    mustWarnOnce(program);
  }

  @Test
  void withoutDrawingThereAreNumbers() throws IOException, InterruptedException {
    Hgn4jProgram program = withoutDrawing();
    train(program);
    mustWarnOnce(program);
    assertEquals(
        List.of("loss.png", "filmstrip.png", "forward.gif"),
        missing("summary.json", "metrics.jsonl", "loss.png", "filmstrip.png", "forward.gif"));
    String[] films = {"generate", "--system", "pendulum", "--count", "1", "--format", "gif"};
    assertEquals(1, program.run(films), program.err()); // nothing else was asked for
    mustWarnOnce(program);
    film(program, 1, "gif");
    mustWarnOnce(program);
    film(program, 0, "npz");
    assertEquals("", program.err());
  }

  private void film(Hgn4jProgram program, int code, String format)
      throws IOException, InterruptedException {
    String run = folder.resolve("run").toString();
    assertEquals(
        code, program.run("rollout", run, "--frames", "2", "--format", format), program.err());
  }
}
