package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.programs.Hgn4jProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program under drivers of several versions. Each time it is a process of its own, since a
 * process keeps the libraries that it has loaded.
 */
class DriverVersionTest {
  private static final Path EMULATOR = Path.of("target", "emulator").toAbsolutePath();

  @TempDir Path folder;
  private Hgn4jProgram program;

  @BeforeEach
  void copyLibraries() throws IOException {
    CudaEmulator.assumeAvailable();
    for (String name : new String[] {"libcuda.so.1", "libcudnn.so.9", "hgn.fatbin"}) {
      Files.copy(EMULATOR.resolve(name), folder.resolve(name));
    }
    program =
        new Hgn4jProgram(folder)
            .with("-Dhgn.cuda.path=" + folder)
            .with("-Dhgn.cuda.kernels=" + folder.resolve("hgn.fatbin"))
            .where("LD_LIBRARY_PATH", "");
  }

  private int bench() throws Exception {
    return program.run(
        "bench",
        "gradient",
        "--preset",
        "quick",
        "--batch",
        "1",
        "--iters",
        "1",
        "--device",
        "cuda");
  }

  @Test
  void librariesOfCuda13BelowTheirDriverArePassedOverAndNamed() throws Exception {
    Files.copy(
        EMULATOR.resolve("cuda13").resolve("libcublas.so.13"), folder.resolve("libcublas.so.13"));
    program.where("HGN_EMULATOR_DRIVER", "12080");
    assertEquals(ExitCode.FAILURE, bench());
    assertEquals(1, program.err().lines().count(), program.err());
    assertTrue(program.err().contains("passed over " + folder), program.err());
    assertFalse(program.err().contains("report this"), program.err());
    assertTrue(program.err().contains("install driver 580 or later"), program.err());

    Assumptions.assumeTrue(
        CudaLibraries.class.getResource("/native/linux-x86_64/libcublas.so.12") != null,
        "this build has no forwarding library");
    program.where("HGN_EMULATOR_DRIVER", "13000");
    assertEquals(0, bench(), program.err());
  }

  @Test
  void cudnnOfCuda13BelowItsDriverIsNamed() throws Exception {
    Files.copy(EMULATOR.resolve("libcublas.so.12"), folder.resolve("libcublas.so.12"));
    program.where("HGN_EMULATOR_CUDNN_CUDA", "13000");
    assertEquals(ExitCode.FAILURE, bench());
    assertTrue(program.err().contains("the cuDNN found was built for CUDA 13.0"), program.err());
  }

  @Test
  void aChipWithoutCompiledKernelsIsToldThatTheDriverCompilesThem() throws Exception {
    Files.copy(EMULATOR.resolve("libcublas.so.12"), folder.resolve("libcublas.so.12"));
    Path properties = folder.resolve("hgn.properties");
    Files.writeString(properties, "toolkit=12.6.85\ntargets=75,90\n");
    assertEquals(0, bench(), program.err());
    assertEquals("", program.err());
    Files.writeString(properties, "toolkit=12.6.85\ntargets=75,80\n");
    assertEquals(0, bench(), program.err());
    assertTrue(
        program.err().contains("the driver compiles the kernels for Emulated CUDA device"),
        program.err());
    assertTrue(program.err().contains("-Dcuda.targets=90"), program.err());
    Files.writeString(properties, "toolkit=12.9.41\ntargets=75,80\n");
    assertEquals(ExitCode.FAILURE, bench());
    assertTrue(program.err().contains("install driver 575 or later"), program.err());
  }
}
