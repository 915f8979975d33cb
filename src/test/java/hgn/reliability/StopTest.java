package hgn.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.programs.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asks the program at random moments to stop, as Ctrl-C, a batch system and a closed terminal do:
 * it ends at once with the signal's exit code, and goes on later as if nothing had happened.
 */
@Tag("reliability")
class StopTest {
  private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("hgn.reliability.Work#all")
  void whatWasStoppedEndsAsIfItHadNotBeen(Work work) throws Exception {
    long seed = Tries.seed();
    Path prepared = Files.createDirectories(folder.resolve("prepared"));
    for (String command : work.before()) {
      Program.in(prepared).run(command);
    }
    Path place = Copies.of(prepared, folder.resolve("work"));
    double seconds = Program.in(place).run(work.command()).seconds();
    SortedMap<String, String> expected = FolderState.reproducible(place);
    Copies.delete(place);
    Random random = new Random(seed);
    try (Tries tries = new Tries("INT, TERM, HUP: " + work)) {
      for (int i = 0; i < Tries.of("disk"); i++) {
        for (String signal : CODES.keySet()) {
          Copies.of(prepared, place);
          long moment = (long) (random.nextDouble() * seconds * 1000);
          String trail = "seed " + seed + ", " + signal + " after " + moment + " ms";
          Process process = Program.in(place).start(work.command());
          Thread.sleep(moment);
          if (process.isAlive()) {
            Signals.send(signal, process.pid());
          }
          Program.End end = Program.in(place).end(process, 240_000, true);
          assertTrue(
              List.of(0, CODES.get(signal)).contains(end.code()), trail + "\n" + end.describe());
          // on a machine that is slow to finish a step, it says first that it is at it
          assertTrue(end.err().lines().count() <= 2, trail + "\n" + end.describe());
          FolderState.requireWhole(place);
          String next = Files.exists(place.resolve(work.begun())) ? work.again() : work.command();
          end = Program.in(place).run(next);
          assertEquals(0, end.code(), trail + "\n" + end.describe());
          assertEquals(
              List.of(), FolderState.differences(expected, FolderState.reproducible(place)), trail);
          tries.count();
          Copies.delete(place);
        }
      }
    }
  }
}
