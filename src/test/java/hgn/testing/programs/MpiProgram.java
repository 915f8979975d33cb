package hgn.testing.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.ranks.mpi.MpiRanks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program under {@code mpirun}, where there is one and the build has found its MPI. */
public final class MpiProgram {
  private final Path folder;
  private final String program;
  private final List<String> options =
      new ArrayList<>(List.of("-Xmx200m", "-XX:TieredStopAtLevel=1"));
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * Skips the calling test if there is no MPI.
   *
   * @param folder in which it works; what the ranks print is in its file {@code out}
   * @param program a class with a main method
   */
  public MpiProgram(Path folder, Class<?> program) {
    assumeTrue(
        MpiRanks.class.getResource("/native/linux-x86_64/libhgn4j_mpi.so") != null,
        "this build has found no MPI");
    assumeTrue(isOnPath("mpirun"), "there is no mpirun");
    this.folder = folder;
    this.program = program.getName();
    where("OMPI_ALLOW_RUN_AS_ROOT", "1");
    where("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** Adds options of the virtual machine. */
  public MpiProgram with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Sets a variable of the environment. */
  public MpiProgram where(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Starts it on so many ranks, each of which notes its process in the file {@code pid.RANK}. */
  public Process start(int ranks, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("mpirun", "-n", Integer.toString(ranks)));
    if (isOnPath("ompi_info")) {
      line.add("--oversubscribe"); // than processors
    }
    line.addAll(
        List.of("sh", "-c", "echo $$ >pid.${OMPI_COMM_WORLD_RANK:-$PMI_RANK}; exec \"$@\"", "sh"));
    return start(line, arguments);
  }

  /** Starts it without a launcher. */
  public Process startAlone(String... arguments) throws IOException {
    return start(new ArrayList<>(), arguments);
  }

  private Process start(List<String> line, String... arguments) throws IOException {
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
    return builder.start();
  }

  /** What was printed. */
  public List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("out"));
  }
}
