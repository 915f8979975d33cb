package hgn.ranks.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.programs.MpiProgram;
import hgn.testing.programs.RanksProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks that a real {@code mpirun} starts, where there is one and the build has found its MPI. */
class MpiRanksTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  private MpiProgram program;

  @BeforeEach
  void prepare() {
    program = new MpiProgram(folder, RanksProgram.class);
  }

  private List<String> said(String word) throws IOException {
    return program.lines().stream().filter(line -> line.contains(word)).toList();
  }

  @Test
  void theySumInATreeAndEnd() throws IOException, InterruptedException {
    Process launcher = program.start(4, "20", "0");
    assertTrue(launcher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "they do not end");
    assertEquals(0, launcher.exitValue(), () -> "see " + folder);
    assertEquals(4, said("is done").size());
  }

  @Test
  void oneThatIsKilledIsNamedByOneOfTheOthers() throws IOException, InterruptedException {
    Process launcher = program.start(4, "1000000", "10");
    long begun = System.nanoTime();
    while (said("begun").isEmpty()) {
      assertTrue(
          System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "none begins");
      TimeUnit.MILLISECONDS.sleep(50);
    }
    long pid = Long.parseLong(Files.readString(folder.resolve("pid.2")).strip());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    assertTrue(launcher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the others do not end");
    List<String> lines = said(" says: ");
    assertEquals(1, lines.size(), () -> "not one line: " + lines);
    assertTrue(lines.get(0).matches("rank 0 on \\S+ says: rank 2 on .*"), lines.get(0));
    assertTrue(lines.get(0).endsWith("(process " + pid + ") has ended"), lines.get(0));
  }

  @Test
  void anotherLauncherIsRecognised() throws IOException, InterruptedException {
    program.where("SLURM_STEP_NUM_TASKS", "4").where("PMIX_RANK", "0");
    Process alone = program.startAlone("1", "0");
    assertTrue(alone.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    assertEquals(1, said("refused: the launcher has started 4 processes, but ").size());
  }
}
