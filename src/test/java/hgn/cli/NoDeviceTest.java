package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import hgn.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a machine without an NVIDIA driver, each time in a separate process. */
class NoDeviceTest {
  @TempDir Path folder;
  private String out;
  private String err;

  @BeforeAll
  static void requireNoDriver() throws IOException {
    for (String system : List.of("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu")) {
      assumeFalse(Files.exists(Path.of(system, "libcuda.so.1")), "this machine has a driver");
    }
  }

  private int run(List<String> options, String... arguments) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "hgn.cli.Main"));
    line.addAll(List.of(arguments));
    Path printed = folder.resolve("out");
    Path errors = folder.resolve("err");
    int code =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(errors.toFile())
            .start()
            .waitFor();
    out = Files.readString(printed);
    err = Files.readString(errors);
    return code;
  }

  @Test
  void nothingOfJcudaIsLoadedAndTheDoctorSaysWhatIsMissing() throws Exception {
    Path classes = folder.resolve("classes");
    assertEquals(0, run(List.of("-Xlog:class+load:file=" + classes), "doctor"), err);
    assertTrue(out.contains("backend  cuda: not usable: no NVIDIA driver (libcuda.so.1)"), out);
    assertEquals("", err);
    try (Stream<String> lines = Files.lines(classes)) {
      List<String> loaded = lines.toList();
      assertTrue(loaded.stream().anyMatch(line -> line.contains(" hgn.backend.cuda.")));
      assertFalse(loaded.stream().anyMatch(line -> line.contains(" jcuda.")));
    }
  }

  @Test
  void askingForItIsOneLineAndLeavingItToTheProgramIsSilent() throws Exception {
    String[] bench = {"bench", "decoder", "--preset", "quick", "--batch", "1", "--iters", "1"};
    assertEquals(0, run(List.of(), bench), err);
    assertEquals("", err);
    List<String> asking = new ArrayList<>(List.of(bench));
    asking.addAll(List.of("--device", "cuda"));
    assertEquals(ExitCode.FAILURE, run(List.of(), asking.toArray(String[]::new)));
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("hgn4j: no NVIDIA driver (libcuda.so.1)"), err);
  }
}
