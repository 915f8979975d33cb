package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.programs.Hgn4jProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor --gpu} as a process that starts others, on the emulator. */
class DoctorGpuTest {
  private static final Path EMULATOR = Path.of("target", "emulator").toAbsolutePath();

  @TempDir Path folder;
  private Hgn4jProgram program;

  @BeforeEach
  void needEmulator() {
    CudaEmulator.assumeAvailable();
    program =
        new Hgn4jProgram(folder)
            .with("-Dhgn.cuda.path=" + EMULATOR)
            .with("-Dhgn.cuda.kernels=" + EMULATOR.resolve("hgn.fatbin"));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("doctor-gpu.json").toFile());
  }

  @Test
  void aStageAddsWhatItFindsToTheReport() throws Exception {
    Files.writeString(folder.resolve("doctor-gpu.json"), "{\"before\": 1}");
    assertEquals(0, program.run("doctor", "--gpu", "--stage", "device"), program.err());
    assertEquals(1, report().path("before").asInt());
    assertTrue(report().path("device").path("passed").asBoolean(), report().toString());
    String description = report().path("device").path("description").asText();
    assertTrue(description.contains("Emulated CUDA device"), description);
  }

  @Test
  void aStageThatTakesTooLongIsEndedAndNamed() throws Exception {
    assertEquals(ExitCode.FAILURE, program.run("doctor", "--gpu", "--minutes", "0.001"));
    assertEquals(
        "ended when its share of the time was used up",
        report().at("/stages/device/failure").asText(),
        program.out() + program.err());
    assertTrue(program.out().contains("device FAILED: ended"), program.out());
  }

  @Test
  void anotherProcessGetsTheSameOptionsAndItsErrorIsShown() throws Exception {
    program.with("-Dhgn.cuda.kernels=" + folder.resolve("nothing"));
    assertEquals(ExitCode.FAILURE, program.run("doctor", "--gpu", "--minutes", "2"));
    String failure = report().at("/stages/device/failure").asText();
    assertTrue(failure.contains("the kernels cannot be read from"), failure);
    assertTrue(program.out().contains(failure), program.out());
  }

  @Test
  void minutesArePositive() throws Exception {
    assertEquals(ExitCode.USAGE, program.run("doctor", "--gpu", "--minutes", "0"));
    assertTrue(program.err().contains("--minutes=0.0"), program.err());
  }
}
