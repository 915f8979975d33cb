package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With which CUDA toolkit {@code native/fatbin.cmake} builds; the compilers are stand-ins. */
class KernelToolkitTest {
  @TempDir Path folder;

  @BeforeEach
  void needCmake() throws IOException, InterruptedException {
    try {
      new ProcessBuilder("cmake", "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      Assumptions.abort("no cmake");
    }
    Files.createDirectories(folder.resolve("kernels"));
  }

  /**
   * A compiler that tells its version and targets, writes its name where it is to compile, and
   * tells of a kernel.
   */
  private Path toolkit(String name, String version, String targets) throws IOException {
    Path nvcc = folder.resolve("toolkits").resolve(name).resolve("bin").resolve("nvcc");
    Files.createDirectories(nvcc.getParent());
    Files.writeString(
        nvcc,
        """
        #!/bin/sh
        case $1 in
          --version) echo 'Cuda compilation tools, release %s, V%s';;
          --help) ;;
          --list-gpu-code) printf '%s';;
          --ptx) while [ "$1" != -o ]; do shift; done; echo '.entry fill' > "$2";;
          *) while [ "$1" != -o ]; do shift; done; echo %s > "$2"
            echo "ptxas info    : Compiling entry function 'fill' for 'sm_75'"
            echo 'ptxas info    : Used 8 registers';;
        esac
        """
            .formatted(version, version, targets, name));
    assertTrue(nvcc.toFile().setExecutable(true));
    return nvcc.getParent();
  }

  private Properties build(String path, String home) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "cmake",
                    "-DKERNELS=" + folder.resolve("kernels"),
                    "-DBUILD=" + folder.resolve("build"),
                    "-DOUTPUT=" + folder.resolve("out").resolve("hgn.fatbin"),
                    "-DTARGETS=75,90,120",
                    "-DTOOLKITS=" + folder.resolve("toolkits"),
                    "-P",
                    Path.of("native", "fatbin.cmake").toString()))
            .redirectErrorStream(true);
    builder.environment().remove("CUDA_PATH");
    builder.environment().put("CUDA_HOME", home);
    builder.environment().put("PATH", path + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    Properties written = new Properties();
    try (var file = Files.newInputStream(folder.resolve("out").resolve("hgn.properties"))) {
      written.load(file);
    }
    return written;
  }

  @Test
  void theLatestToolkitOfCuda12IsPreferredToOneOnThePath() throws Exception {
    Path newest = toolkit("cuda-13.0", "13.0.88", "sm_75\\nsm_90\\nsm_120\\n");
    Properties alone = build(newest.toString(), "");
    assertEquals("13.0.88", alone.getProperty("toolkit"));
    assertEquals("75,90,120", alone.getProperty("targets"));
    toolkit("cuda-12.8", "12.8.93", "sm_75\\nsm_90\\nsm_120\\n");
    assertEquals("12.8.93", build(newest.toString(), "").getProperty("toolkit"));
    toolkit("cuda-12.9", "12.9.41", "sm_75\\nsm_90\\nsm_120\\n");
    assertEquals("12.9.41", build(newest.toString(), "").getProperty("toolkit"));
    assertEquals(
        "cuda-12.9", Files.readString(folder.resolve("out").resolve("hgn.fatbin")).strip());
    String chosen = newest.getParent().toString();
    assertEquals("13.0.88", build("", chosen).getProperty("toolkit"));
  }

  @Test
  void targetsThatTheToolkitDoesNotKnowAreNotAmongThoseWritten() throws Exception {
    Path old = toolkit("cuda-12.0", "12.0.76", "sm_75\\nsm_90\\n");
    assertEquals("75,90", build(old.toString(), "").getProperty("targets"));
  }
}
