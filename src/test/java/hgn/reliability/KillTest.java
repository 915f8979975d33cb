package hgn.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the program at random moments, and again while it goes on: every file must be whole each
 * time, and the end the same as if nothing had happened.
 */
@Tag("reliability")
class KillTest {
  private static final int KILLS_IN_A_ROW = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("hgn.reliability.Work#all")
  void whatWasInterruptedEndsAsIfItHadNotBeen(Work work) throws Exception {
    int kills = Tries.of("kill");
    long seed = Tries.seed();
    Path prepared = Files.createDirectories(folder.resolve("prepared"));
    for (String command : work.before()) {
      succeed(prepared, command);
    }
    Path place = Copies.of(prepared, folder.resolve("work")); // the same, since files may name it
    double seconds = succeed(place, work.command());
    SortedMap<String, String> expected = FolderState.reproducible(place);
    Copies.delete(place);
    Random random = new Random(seed);
    int done = 0;
    try (Tries tries = new Tries("kill -9: " + work)) {
      while (done < kills) {
        Copies.of(prepared, place);
        String trail = "seed " + seed + ", killed after";
        for (int i = 0; i < KILLS_IN_A_ROW && done < kills; i++, done++) {
          long moment = (long) (random.nextDouble() * seconds * 1000);
          trail += " " + moment + " ms";
          Program.in(place).kill(next(work, place), moment);
          tries.count();
          requireWhole(place, trail);
        }
        Program.End end = Program.in(place).run(next(work, place));
        assertEquals(0, end.code(), trail + "\n" + end.describe());
        assertEquals("", end.err(), trail);
        requireWhole(place, trail);
        assertEquals(
            List.of(), FolderState.differences(expected, FolderState.reproducible(place)), trail);
        Copies.delete(place);
      }
    }
  }

  private static String next(Work work, Path place) {
    return Files.exists(place.resolve(work.begun())) ? work.again() : work.command();
  }

  private static double succeed(Path place, String command) throws Exception {
    Program.End end = Program.in(place).run(command);
    assertEquals(0, end.code(), end::describe);
    return end.seconds();
  }

  private static void requireWhole(Path place, String trail) {
    try {
      FolderState.requireWhole(place);
    } catch (IOException damaged) {
      assertTrue(false, trail + "\n" + damaged.getMessage());
    }
  }
}
