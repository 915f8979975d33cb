package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import hgn.tensor.DeviceNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What native code is built and loaded for; elsewhere the build and the program do without. */
class PlatformTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"Mac OS X,aarch64", "Mac OS X,x86_64", "Linux,aarch64", "Windows 11,amd64"})
  void otherPlatformsAreNoFault(String os, String arch) {
    String message =
        assertThrows(DeviceNotFoundException.class, () -> NativeLibrary.requirePlatform(os, arch))
            .getMessage();
    assertTrue(message.contains(os + " on " + arch), message);
  }

  @Test
  void linuxOnX86Is() {
    assertDoesNotThrow(() -> NativeLibrary.requirePlatform("Linux", "amd64"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "native/build.cmake          | darwin-arm64  | no native backend for darwin-arm64: plain Java is used",
        "native/build.cmake          | linux-aarch64 | no native backend for linux-aarch64: plain Java is used",
        "native/emulator/build.cmake | darwin-arm64  | no CUDA emulator for darwin-arm64: the tests on it are skipped",
      })
  void theBuildSaysSoAndGoesOn(String script, String host, String line) throws Exception {
    Path output = folder.resolve("output");
    Process cmake = cmake("-D", "HOST=" + host, "-D", "OUTPUT=" + output, "-P", script);
    String said = new String(cmake.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, cmake.waitFor(), said);
    assertEquals(line, said.strip());
    assertFalse(Files.exists(output));
  }

  private static Process cmake(String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(arguments))).redirectErrorStream(true);
    builder.command().add(0, "cmake");
    try {
      return builder.start();
    } catch (IOException absent) {
      return abort("no cmake");
    }
  }
}
