package hgn.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Precision;
import hgn.testing.backends.CudaEmulator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the gradients' errors in each precision. */
class GradientErrorsTest {
  private static final Exam.Size SMALL =
      new Exam.Size("quick", 2, List.of(1), 1, 2, 64, 4096, 1, 10);

  private final StringWriter printed = new StringWriter();
  private final ObjectNode found = new ObjectMapper().createObjectNode();

  private boolean run(Backend backend) {
    return new GradientErrors(SMALL).run(backend, new PrintWriter(printed, true), found);
  }

  @Test
  void bf16IsFurtherFromFloat64InTheNetworksThatItRounds() {
    CudaEmulator.install();
    assertTrue(run(Backends.get("cuda")), printed::toString);
    for (String network : List.of("encoder", "decoder")) {
      JsonNode exact = found.path("fp32").path(network);
      assertTrue(exact.asDouble(1) < 1e-3, printed::toString);
      assertTrue(
          found.path("bf16").path(network).asDouble(0) > 10 * exact.asDouble(), printed::toString);
    }
  }

  /** A backend whose device does not support bfloat16. */
  private static Backend old(Backend backend) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("conv2d") && Precision.configured() == Precision.BF16) {
                throw new UnsupportedOperationException("the units are too old");
              }
              try {
                return method.invoke(backend, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  @Test
  void aPrecisionThatTheDeviceRefusesIsSaidAndNoFailure() {
    assertTrue(run(old(Backends.fastest())), printed::toString);
    assertEquals("the units are too old", found.path("bf16").path("refused").asText());
    assertTrue(printed.toString().contains("bf16    the units are too old"), printed::toString);
    assertTrue(found.path("tf32").path("decoder").asDouble(1) < 1e-3, printed::toString);
  }
}
