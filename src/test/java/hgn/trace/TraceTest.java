package hgn.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.bench.BenchWork;
import hgn.dynamics.Leapfrog;
import hgn.loss.Geco;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.Presets;
import hgn.nn.Adam;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.RolloutKernel;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.UpsampledConvKernel;
import hgn.train.TrainingStep;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A traced training step gives the same results as an untraced one, and a trace. */
class TraceTest {
  private static final int FRAMES = 4;

  /** Two steps; the second is recorded if there is a trace. */
  private static List<TrainingStep.Losses> losses(Backend backend, Trace trace) {
    var shape = Presets.named("quick", 5, BaseEnergy.NONE, 1);
    List<TrainingStep.Losses> losses = new ArrayList<>();
    try (Hgn model = new Hgn(shape, new Leapfrog(), backend, DType.FLOAT32, 3);
        BenchWork work = new BenchWork(model, 2, FRAMES);
        Adam adam = new Adam(model.parameters(), 0.9, 0.999, 1e-8, 0);
        Geco geco = new Geco(new Geco.Settings(0.033, 0.99, 0.1, 1), backend, DType.FLOAT32)) {
      var batch = work.batch();
      var step =
          new TrainingStep(model, adam, geco, new TrainingStep.Settings(0.125, 1e-3, 0, false, 1));
      losses.add(step.run(batch, 0));
      Runnable second = () -> losses.add(step.run(batch, 1));
      if (trace == null) {
        second.run();
      } else {
        trace.record("training step", second);
      }
    }
    return losses;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "auto"})
  void theLossesAreThoseWithoutATrace(String name) {
    Backend backend = Backends.get(name);
    Trace trace = new Trace();
    List<TrainingStep.Losses> traced = losses(TracedBackend.of(backend, trace), trace);
    assertEquals(losses(backend, null), traced);
    assertTrue(trace.operations() > 100, trace.operations() + " operations");
  }

  private static JsonNode events() throws Exception {
    Trace trace = new Trace();
    losses(TracedBackend.of(Backends.get("auto"), trace), trace);
    return new ObjectMapper().readTree(trace.json("auto")).path("traceEvents");
  }

  private static void methods(Class<?> type, String prefix, Set<String> names) {
    Arrays.stream(type.getMethods()).map(Method::getName).forEach(name -> names.add(prefix + name));
  }

  @Test
  void namesAreOperationsAndOperationsHaveBytes() throws Exception {
    Set<String> names = new HashSet<>();
    methods(Backend.class, "", names);
    methods(RolloutKernel.class, "rollout ", names);
    methods(UpsampledConvKernel.class, "upsampled convolution ", names);
    Set<String> seen = new HashSet<>();
    for (JsonNode event : events()) {
      if (event.path("cat").asText().equals("operation")) {
        String name = event.path("name").asText();
        assertTrue(names.contains(name), name);
        assertTrue(event.path("args").path("bytes").asLong() > 0, event.toString());
        assertEquals("auto", event.path("args").path("backend").asText());
        seen.add(name);
      }
    }
    assertTrue(seen.containsAll(Set.of("conv2d", "conv2dWeightGrad", "adam")), seen.toString());
  }

  @Test
  void eventsNestAndPhasesFillTheStep() throws Exception {
    Deque<JsonNode> around = new ArrayDeque<>();
    double filled = 0;
    double step = 0;
    for (JsonNode event : events()) {
      assertEquals("X", event.path("ph").asText());
      while (!around.isEmpty() && end(around.peek()) <= event.path("ts").asDouble() + 1e-6) {
        around.pop();
      }
      if (around.isEmpty()) {
        step += event.path("dur").asDouble();
        assertEquals("training step", event.path("name").asText());
      } else {
        assertTrue(end(event) <= end(around.peek()) + 1e-6, event + " in " + around.peek());
        boolean phase = event.path("cat").asText().equals("phase");
        filled += phase ? event.path("dur").asDouble() : 0;
        assertEquals(phase, around.size() == 1, event.toString());
      }
      around.push(event);
    }
    assertEquals(step, filled, 1e-3 * step);
  }

  private static double end(JsonNode event) {
    return event.path("ts").asDouble() + event.path("dur").asDouble();
  }

  @Test
  void convolutionsGoForwardAndTheirGradientsBackward() throws Exception {
    double forwardEnd = 0;
    double backwardEnd = 0;
    List<JsonNode> adam = new ArrayList<>();
    for (JsonNode event : events()) {
      switch (event.path("name").asText()) {
        case "forward" -> forwardEnd = end(event);
        case "backward" -> backwardEnd = end(event);
        case "adam" -> adam.add(event);
        default -> {}
      }
    }
    assertTrue(0 < forwardEnd && forwardEnd < backwardEnd);
    assertEquals(1, adam.size());
    assertTrue(adam.get(0).path("ts").asDouble() >= backwardEnd - 1e-6, "in the update");
  }

  @Test
  void whatThrowsIsThrown() {
    Backend traced = TracedBackend.of(Backends.get("jvm"), new Trace());
    assertEquals("jvm", traced.name());
    assertEquals(traced, traced);
    assertTrue(traced.recorder().isEmpty());
    try (Arena arena = Arena.open("test")) {
      Tensor three = Tensor.of(traced, DType.FLOAT64, Shape.of(3), 1, 2, 3);
      three.close();
      assertThrows(IllegalStateException.class, () -> traced.download(three, new double[3]));
    }
  }
}
