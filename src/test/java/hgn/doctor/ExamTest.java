package hgn.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.Doctor;
import hgn.cli.console.ExitCode;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Precision;
import hgn.tensor.Tensor;
import hgn.testing.backends.RoundingBackend;
import hgn.testing.backends.WrongBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small examination of this machine's fastest backend. */
class ExamTest {
  private static final Exam.Size SMALL =
      new Exam.Size("quick", 3, List.of(1, 2), 1, 2, 64, 4096, 1, 10);

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
    assertTrue(
        peak(rows, "gradient", 2) < peak(rows, "decoder", 1), "each row's own peak: " + rows);
    assertTrue(report.path("step").path("passed").asBoolean(), printed.toString());
    assertTrue(report.path("step").path("loss 3").asDouble(1) < 1e-4, printed.toString());
    JsonNode training = report.path("training").path("rows");
    assertEquals(10, training.path(training.size() - 1).path("step").asInt(), training.toString());
    assertTrue(
        training.path(training.size() - 1).path("rollouts_per_s").asDouble() > 0,
        training.toString());
  }

  private static long peak(JsonNode rows, String part, int batch) {
    for (JsonNode row : rows) {
      if (row.path("part").asText().equals(part) && row.path("batch").asInt() == batch) {
        return row.path("peak_bytes").asLong();
      }
    }
    throw new AssertionError(part);
  }

  @Test
  void aSoundCardThatRoundsFactorsPasses() throws IOException {
    StringWriter printed = new StringWriter();
    Path file = folder.resolve("report.json");
    Backend card = RoundingBackend.over(Backends.fastest());
    Stage precision = stage("precision", List.of());
    assertEquals(
        0,
        Doctor.examine(new PrintWriter(printed, true), Exam.of(card, precision), file),
        printed.toString());
    assertFalse(printed.toString().contains("WRONG"), printed.toString());
    JsonNode report = new ObjectMapper().readTree(file.toFile());
    for (String name : Precision.names()) {
      assertTrue(report.at("/determinism/" + name + "/again").asBoolean(), printed.toString());
    }
  }

  private static Stage stage(String name, List<BackendCheck> checks) {
    return Stage.all(SMALL, checks).stream().filter(s -> s.name().equals(name)).findFirst().get();
  }

  /** A backend whose results in one precision differ from call to call. */
  private static Backend wavering(Backend backend, Precision precision) {
    AtomicInteger calls = new AtomicInteger();
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(backend, arguments);
                if (method.getName().equals("conv2dWeightGrad")
                    && Precision.configured() == precision) {
                  Tensor y = (Tensor) arguments[arguments.length - 1];
                  backend.affine(y, 1 + 1e-6 * calls.incrementAndGet(), 0, y);
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  @Test
  void resultsThatDifferFromRunToRunAreFoundInEveryPrecision() {
    for (Precision precision : Precision.values()) {
      StringWriter printed = new StringWriter();
      ObjectNode found = new ObjectMapper().createObjectNode();
      Backend card = wavering(Backends.fastest(), precision);
      assertFalse(new Determinism(SMALL).run(card, new PrintWriter(printed, true), found));
      assertTrue(
          printed.toString().contains("in " + precision + ", repeated: different bits, WRONG"),
          printed.toString());
      assertFalse(found.path("again").asBoolean(true));
    }
  }

  /** A check that sets a switch of the program, or tells what it finds it at. */
  private static BackendCheck switching(String name, String value, List<String> seen) {
    return new BackendCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Outcome run(Backend backend) {
        seen.add(Precision.configured().toString());
        System.setProperty(Precision.PROPERTY, value);
        return new Outcome(1, List.of());
      }
    };
  }

  @Test
  void whatACheckSetsIsNotSeenByLaterParts() throws IOException {
    List<String> seen = new ArrayList<>();
    List<BackendCheck> checks =
        List.of(switching("first", "fp32", seen), switching("second", "bf16", seen));
    String before = System.getProperty(Precision.PROPERTY);
    ReportFile report = ReportFile.create(folder.resolve("report.json"));
    for (BackendCheck check : checks) {
      Exam.of(Backends.fastest(), stage(check.name(), checks))
          .run(new PrintWriter(new StringWriter()), report);
    }
    String configured = Precision.configured().toString();
    assertEquals(List.of(configured, configured), seen);
    assertEquals(before, System.getProperty(Precision.PROPERTY));
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
