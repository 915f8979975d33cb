package hgn.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Precision;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.Precisions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of graph nodes of a training step on the emulated device. */
class RecordedStepTest {
  private final StringWriter printed = new StringWriter();

  private ObjectNode examine(Backend backend, Precision precision, Exam.Size size) {
    ObjectNode found = new ObjectMapper().createObjectNode();
    Precisions.in(
        precision,
        () ->
            assertTrue(new RecordedStep(size).run(backend, new PrintWriter(printed, true), found)));
    return found;
  }

  private static Exam.Size size(String preset, int batch, int frames) {
    return new Exam.Size(preset, frames, List.of(batch), 1, 2, 64, 4096, 1, 2);
  }

  /** Each filter is converted once a step. */
  @ParameterizedTest
  @CsvSource({"TF32, 335", "BF16, 470"})
  void aPublishedStepHasFewNodes(Precision precision, int most) {
    CudaEmulator.install();
    ObjectNode found = examine(Backends.get("cuda"), precision, size("published", 1, 2));
    int nodes = found.path("graph_nodes").asInt();
    assertTrue(nodes > 100 && nodes <= most, found::toString);
    String line = "recorded, batch 1, 2 frames: " + nodes + " graph nodes";
    assertTrue(printed.toString().contains(line), printed::toString);
  }

  /** All frames are decoded at once, also more than a host would. */
  @Test
  void moreFramesAreNotMoreNodes() {
    CudaEmulator.install();
    Backend cuda = Backends.get("cuda");
    ObjectNode few = examine(cuda, Precision.FP32, size("quick", 1, 2));
    ObjectNode many = examine(cuda, Precision.FP32, size("quick", 49, 2));
    int extra = many.path("graph_nodes").asInt() - few.path("graph_nodes").asInt();
    assertTrue(Math.abs(extra) < 30, few + " and " + many); // longer sums may take another pass
  }

  @Test
  void aBackendThatDoesNotRecordSaysSo() {
    assertEquals(0, examine(Backends.get("jvm"), Precision.FP32, size("quick", 1, 2)).size());
    assertTrue(printed.toString().contains("not recorded"), printed::toString);
  }
}
