package hgn.ranks.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks that a real {@code mpirun} starts, where there is one and the build has found its MPI. */
class MpiRanksTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @BeforeEach
  void requireMpi() {
    assumeTrue(
        MpiRanks.class.getResource("/native/linux-x86_64/libhgn4j_mpi.so") != null,
        "this build has found no MPI");
    assumeTrue(isOnPath("mpirun"), "there is no mpirun");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** A shell notes the process of each rank before it becomes the program. */
  private Process start(int ranks, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("mpirun", "-n", Integer.toString(ranks)));
    if (isOnPath("ompi_info")) {
      line.add("--oversubscribe"); // than processors
    }
    line.addAll(
        List.of("sh", "-c", "echo $$ >pid.${OMPI_COMM_WORLD_RANK:-$PMI_RANK}; exec \"$@\"", "sh"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx200m", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("hgn.testing.programs.RanksProgram");
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("OMPI_ALLOW_RUN_AS_ROOT", "1");
    builder.environment().put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
    return builder.start();
  }

  private List<String> said(String word) throws IOException {
    return Files.readAllLines(folder.resolve("out")).stream()
        .filter(line -> line.contains(word))
        .toList();
  }

  @Test
  void theySumInATreeAndEnd() throws IOException, InterruptedException {
    Process launcher = start(4, "20", "0");
    assertTrue(launcher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "they do not end");
    assertEquals(0, launcher.exitValue(), () -> "see " + folder);
    assertEquals(4, said("is done").size());
  }

  @Test
  void oneThatIsKilledIsNamedByOneOfTheOthers() throws IOException, InterruptedException {
    Process launcher = start(4, "1000000", "10");
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
    ProcessBuilder alone =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "hgn.testing.programs.RanksProgram",
            "1",
            "0");
    alone.environment().put("OMPI_ALLOW_RUN_AS_ROOT", "1");
    alone.environment().put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    alone.environment().put("SLURM_STEP_NUM_TASKS", "4");
    alone.environment().put("PMIX_RANK", "0");
    alone.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
    assertTrue(alone.start().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    assertEquals(1, said("refused: the launcher has started 4 processes, but ").size());
  }
}
