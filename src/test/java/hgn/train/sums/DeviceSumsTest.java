package hgn.train.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.backends.CudaEmulator;
import hgn.testing.programs.DeviceSumsProgram;
import hgn.testing.programs.MpiProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sums over ranks that are processes under {@code mpirun}, each with an emulated device of its own,
 * by the stand-in for NCCL and through pinned memory.
 */
class DeviceSumsTest {
  private static final Path EMULATOR = Path.of("target", "emulator").toAbsolutePath();
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private MpiProgram program;

  @BeforeEach
  void prepare() {
    CudaEmulator.assumeAvailable();
    program =
        new MpiProgram(folder, DeviceSumsProgram.class)
            .with("-Dhgn.cuda.path=" + EMULATOR)
            .with("-Dhgn.cuda.kernels=" + EMULATOR.resolve("hgn.fatbin"))
            .where("HGN_EMULATOR_DEVICES", "4")
            .where("TMPDIR", folder.toString());
  }

  private int run(int ranks) throws IOException, InterruptedException {
    Process launcher = program.start(ranks);
    assertTrue(launcher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "they do not end");
    return launcher.exitValue();
  }

  private static String expected(int count) {
    float[][] s =
        IntStream.range(0, DeviceSumsProgram.SHARDS)
            .mapToObj(shard -> DeviceSumsProgram.shard(shard, count))
            .toArray(float[][]::new);
    float[] sum = new float[count];
    for (int i = 0; i < count; i++) {
      sum[i] =
          ((s[0][i] + s[1][i]) + (s[2][i] + s[3][i])) + ((s[4][i] + s[5][i]) + (s[6][i] + s[7][i]));
    }
    return DeviceSumsProgram.text(sum);
  }

  @ParameterizedTest
  @CsvSource({"2, on", "4, on", "2, off"})
  void theyHaveTheBitsOfTheTreeOnEveryRank(int ranks, String nccl) throws Exception {
    program.with("-Dhgn.nccl=" + nccl);
    assertEquals(0, run(ranks), () -> "see " + folder);
    String sum = expected(DeviceSumsProgram.COUNT + 3 + DeviceSumsProgram.SHARDS);
    for (int rank = 0; rank < ranks; rank++) {
      assertEquals(sum, Files.readString(folder.resolve("sum." + rank)));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.filter(file -> file.toString().contains("emulated-nccl")).count());
    }
  }

  @Test
  void aFailureOfTheNetworkIsTold() throws Exception {
    program.where("HGN_EMULATOR_NCCL_FAIL", "transfer=6");
    assertEquals(1, run(2));
    List<Path> failures;
    try (Stream<Path> files = Files.list(folder)) {
      failures =
          files.filter(file -> file.getFileName().toString().startsWith("failure.")).toList();
    }
    assertTrue(!failures.isEmpty(), () -> "see " + folder);
    assertEquals(
        "[NCCL 2.21.3] an exchange: remote process exited or there was a network error (transfer"
            + " was asked to fail); name the network interface with NCCL_SOCKET_IFNAME, or train"
            + " without "
            + EMULATOR.resolve("libnccl.so.2")
            + " by -Dhgn.nccl=off",
        Files.readString(failures.get(0)));
  }
}
