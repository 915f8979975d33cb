package hgn.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.testing.programs.BackendProgram;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain Java backend where the system grants fewer threads than are asked for. */
class ThreadLimitTest {
  private static final Pattern SAID =
      Pattern.compile(
          "hgn4j: backend 'jvm' computes with (\\d+) threads?, not 40: the system grants no more; "
              + "raise the limit .* or set -Dhgn.threads=\\1");

  /** Threads with stacks of 1 GiB in a space of some GiB; the machine itself has about ten. */
  @ParameterizedTest
  @ValueSource(ints = {13, 15, 18})
  void itGoesOnWithFewerAndSaysSoOnce(int gigabytes) throws Exception {
    String limited = "ulimit -v " + gigabytes * (1 << 20) + " || exit 9; exec \"$0\" \"$@\"";
    assumeTrue(
        new ProcessBuilder("bash", "-c", limited, "true").start().waitFor() == 0,
        "the limit cannot be set here");
    Process program =
        new ProcessBuilder(
                List.of(
                    "bash",
                    "-c",
                    limited,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xss1g",
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:CompressedClassSpaceSize=32m",
                    "-XX:ReservedCodeCacheSize=32m",
                    "-Xlog:disable",
                    "-Dhgn.threads=40",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BackendProgram.class.getName(),
                    "jvm"))
            .redirectErrorStream(true)
            .start();
    program.getOutputStream().close();
    try (BufferedReader lines = program.inputReader()) {
      List<String> printed = lines.lines().toList();
      assertEquals(2, printed.size(), printed.toString());
      Matcher said = SAID.matcher(printed.get(0));
      assertTrue(said.matches(), printed.toString());
      String words = said.group(1).equals("1") ? ", 1 thread" : ", " + said.group(1) + " threads";
      assertTrue(printed.get(1).endsWith(words), printed.toString());
    }
    assertEquals(0, program.waitFor());
  }

  @Test
  void aTaskMayRunTasksAndAFailureComesBackWhenAllHaveEnded() {
    Workers workers = new Workers(3);
    Set<Integer> done = new TreeSet<>();
    var failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                workers.run(
                    10,
                    i ->
                        workers.run(
                            5,
                            j -> {
                              synchronized (done) {
                                done.add(5 * i + j);
                              }
                              if (i == 4 && j == 2) {
                                throw new IllegalStateException("planted");
                              }
                            })));
    assertEquals("planted", failure.getMessage());
    assertEquals(50, done.size());
  }
}
