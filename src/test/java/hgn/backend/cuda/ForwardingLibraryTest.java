package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.backends.CudaEmulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.JCudaVersion;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * JCublas2 with the library that forwards to cuBLAS 13. Each case runs in a separate process, since
 * a process keeps the first library of a name.
 */
class ForwardingLibraryTest {
  private static final Path EMULATOR = Path.of("target", "emulator");
  private static final Path FORWARDING =
      Path.of("target", "classes", "native", "linux-x86_64", "libcublas.so.12");

  @BeforeEach
  void needLibraries() {
    CudaEmulator.assumeAvailable();
    Assumptions.assumeTrue(Files.isRegularFile(FORWARDING), "no " + FORWARDING);
  }

  @Test
  void callsArriveAtTheNewerLibrary() throws Exception {
    assertEquals(
        "130000 [310.0, 420.0]",
        output(
            EMULATOR.resolve("libcuda.so.1"),
            EMULATOR.resolve("cuda13").resolve("libcublas.so.13"),
            FORWARDING));
  }

  @Test
  void withoutTheNewerLibraryNothingIsInitialised() throws Exception {
    String output = output(EMULATOR.resolve("libcuda.so.1"), FORWARDING);
    assertTrue(output.contains("CUBLAS_STATUS_NOT_INITIALIZED"), output);
  }

  @Test
  void theListNamesAllThatTheNativePartAsksFor() throws IOException {
    Set<String> listed =
        Set.copyOf(Files.readAllLines(Path.of("native", "cublas_forward", "functions.txt")));
    String library = "/lib/libJCublas2-" + JCudaVersion.get() + "-linux-x86_64.so";
    Set<String> asked = new TreeSet<>();
    try (InputStream file = ForwardingLibraryTest.class.getResourceAsStream(library)) {
      // a name in the symbol table is enclosed by zeros
      String text = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      Matcher name = Pattern.compile("(?<=\\x00)cublas[A-Z]\\w+(?=\\x00)").matcher(text);
      while (name.find()) {
        asked.add(name.group());
      }
    }
    assertTrue(asked.size() > 400, "found only " + asked);
    asked.removeAll(listed);
    assertEquals(Set.of(), asked);
  }

  private static String output(Path... libraries) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ForwardedBlas.class.getName());
    for (Path library : libraries) {
      command.add(library.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HGN_EMULATOR_DRIVER", "13000");
    Process program = builder.start();
    String output =
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    program.waitFor();
    return output;
  }
}
