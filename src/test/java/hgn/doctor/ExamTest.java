package hgn.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.Doctor;
import hgn.cli.console.ExitCode;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.testing.backends.WrongBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small examination of this machine's fastest backend. */
class ExamTest {
  private static final Exam.Size SMALL =
      new Exam.Size("quick", 3, List.of(1, 2), 1, 2, 64, 4096, 1);

  @TempDir private Path folder;

  @Test
  void itPassesAndReportsEveryPart() throws IOException {
    StringWriter printed = new StringWriter();
    Path file = folder.resolve("report.json");
    int code =
        Doctor.examine(
            new PrintWriter(printed, true), Exam.of(Backends.fastest(), SMALL, List.of()), file);
    assertEquals(0, code, printed.toString());
    JsonNode report = new ObjectMapper().readTree(file.toFile());
    assertTrue(report.path("passed").asBoolean());
    assertTrue(report.path("primitives").path("convolution").asDouble() < 2e-5, printed::toString);
    JsonNode gradients = report.path("gradients");
    for (String network : List.of("encoder", "transformer", "hamiltonian", "decoder")) {
      assertTrue(gradients.path("fp32").path(network).asDouble(1) < 1e-3, network + gradients);
      assertTrue(gradients.path("tf32").path(network).asDouble(1) < 0.1, network + gradients);
      assertTrue(gradients.path("bf16").path(network).asDouble(1) < 0.5, network + gradients);
    }
    String way = report.path("rollouts").path("published").asText();
    assertEquals(Backends.fastest().rollouts().isPresent(), way.equals("one kernel"), way);
    assertTrue(printed.toString().contains("rollout  published: " + way), printed.toString());
    assertTrue(report.path("determinism").path("again").asBoolean());
    assertTrue(report.path("ceilings").path("product_flop_per_s").asDouble() > 0);
    JsonNode rows = report.path("times").path("rows");
    assertEquals(12, rows.size(), "6 parts at 2 batches");
    for (JsonNode row : rows) {
      assertTrue(row.path("median_s").asDouble() > 0, row.toString());
      assertTrue(row.path("flop").asDouble() > 0, row.toString());
      assertTrue(row.path("least_bytes").asDouble() > 0, row.toString());
    }
    assertTrue(printed.toString().contains("report   " + file));
  }

  private static BackendCheck wrong() {
    return new BackendCheck() {
      @Override
      public String name() {
        return "some check";
      }

      @Override
      public Outcome run(Backend backend) {
        return new Outcome(5, List.of("two and two"));
      }
    };
  }

  @Test
  void aBackendThatComputesWronglyFails() throws IOException {
    StringWriter printed = new StringWriter();
    Path file = folder.resolve("report.json");
    int code =
        Doctor.examine(
            new PrintWriter(printed, true),
            Exam.of(WrongBackend.over(Backends.fastest()), SMALL, List.of(wrong())),
            file);
    assertEquals(ExitCode.FAILURE, code, printed.toString());
    JsonNode report = new ObjectMapper().readTree(file.toFile());
    assertTrue(report.path("times").path("passed").asBoolean(), "later parts still run");
    assertEquals(false, report.path("passed").asBoolean());
    assertTrue(printed.toString().contains("WRONG"), printed.toString());
    assertTrue(printed.toString().contains("some check: 4 of 5 pass"), printed.toString());
    assertEquals("two and two", report.at("/checks/some check/failures/0").asText());
  }
}
