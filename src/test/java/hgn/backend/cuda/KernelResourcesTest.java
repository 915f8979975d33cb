package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build's check of registers and shared memory, on what nvcc says of planted kernels. */
class KernelResourcesTest {
  private static final String PTX =
      """
      .visible .entry bounded(
      .maxntid 512, 1, 1
      .visible .entry free(
      """;

  @TempDir private Path folder;

  private static String compiled(String kernel, int spilt, int registers, int shared) {
    return """
        ptxas info    : Compiling entry function '%s' for 'sm_86'
        ptxas info    : Function properties for %s
            32 bytes stack frame, %d bytes spill stores, %d bytes spill loads
        ptxas info    : Used %d registers, used 1 barriers, %d bytes smem, 368 bytes cmem[0]
        """
        .formatted(kernel, kernel, spilt, spilt, registers, shared);
  }

  private void assertPasses(String log) throws Exception {
    assertEquals("", check(log, true));
  }

  private void assertFails(String log, String words) throws Exception {
    String said = check(log, false).replaceAll("\\s+", " ");
    assertTrue(said.contains(words), words + " in " + said);
  }

  private String check(String log, boolean passes) throws Exception {
    Path logged = Files.writeString(folder.resolve("log"), log);
    Path ptx = Files.writeString(folder.resolve("ptx"), PTX);
    Process cmake;
    try {
      cmake =
          new ProcessBuilder(
                  "cmake",
                  "-D",
                  "LOG=" + logged,
                  "-D",
                  "PTX=" + ptx,
                  "-P",
                  "native/resources.cmake")
              .redirectErrorStream(true)
              .start();
    } catch (IOException none) {
      return abort("no cmake");
    }
    String said = new String(cmake.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (passes) {
      assertEquals(0, cmake.waitFor(), said);
    } else {
      assertNotEquals(0, cmake.waitFor());
    }
    return said;
  }

  @Test
  void whatFitsPasses() throws Exception {
    assertPasses(compiled("free", 0, 255, 48 << 10) + compiled("bounded", 0, 128, 0));
  }

  @Test
  void spilledRegistersAreNamed() throws Exception {
    assertFails(
        compiled("free", 0, 64, 0) + compiled("bounded", 72, 128, 0),
        "bounded on sm_86: spills 72 bytes and loads 72 again");
  }

  @Test
  void registersThatABlockDoesNotHaveAreNamed() throws Exception {
    assertFails(
        compiled("bounded", 0, 129, 0),
        "bounded on sm_86: 136 registers of 512 threads are 69632, a block has 65536");
  }

  @Test
  void sharedMemoryThatABlockDoesNotHaveIsNamed() throws Exception {
    assertFails(
        compiled("free", 0, 32, (48 << 10) + 4),
        "free on sm_86: 49156 bytes of static shared memory, a block has 49152");
  }

  @Test
  void aCompilerThatSaysNothingIsNoCheck() throws Exception {
    assertFails("", "names no kernel");
    assertFails(compiled("other", 0, 32, 0), "other on sm_86: not in");
  }
}
