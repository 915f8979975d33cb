package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.model.BaseEnergy;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.model.integrators.Integrator;
import hgn.model.integrators.Leapfrog;
import hgn.model.integrators.RolloutCheck;
import hgn.model.integrators.RungeKutta4;
import hgn.model.integrators.Yoshida4;
import hgn.tensor.Activation;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rollout kernel, on the emulator, against the composition in float64. */
class CudaRolloutTest {
  private static final double TOLERANCE = 2e-5;

  /** What a block of a Hopper GPU may have, and of a Turing one. */
  private static final int HOPPER = 227 << 10;

  private static final int TURING = 64 << 10;

  private CudaBackend cuda;

  @BeforeEach
  void open() {
    CudaEmulator.install();
    System.setProperty(Precision.PROPERTY, Precision.FP32.toString());
    cuda = (CudaBackend) Backends.get("cuda");
  }

  static List<RolloutCheck.Case> cases() {
    return RolloutCheck.cases();
  }

  private RolloutCheck.Outcome run(RolloutCheck.Case c, CudaRollout kernel, long partBytes) {
    return RolloutCheck.fused(c, cuda, DType.FLOAT32, kernel, partBytes);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void statesAndGradientsAreThoseOfTheComposition(RolloutCheck.Case c) {
    RolloutCheck.Outcome expected = RolloutCheck.composed(c);
    CudaRollout kernel = cuda.rollouts(132, HOPPER);
    RolloutCheck.Outcome whole = run(c, kernel, Long.MAX_VALUE);
    RolloutCheck.assertClose(expected, whole, TOLERANCE);
    assertSame(whole, run(c, kernel, Long.MAX_VALUE));
    RolloutCheck.assertClose(expected, run(c, kernel, 1), TOLERANCE);
    assertEquals(2 * c.layers().size(), whole.names().size() - (c.steps() + 1) - 2);
  }

  private static void assertSame(RolloutCheck.Outcome a, RolloutCheck.Outcome b) {
    for (int i = 0; i < a.names().size(); i++) {
      assertArrayEquals(a.values().get(i), b.values().get(i), 0, a.names().get(i));
    }
  }

  /** Weights read through L2, for all layers and for some; with several samples a block. */
  @ParameterizedTest
  @ValueSource(ints = {24, 40})
  void weightsThatDoNotFitAreReadThroughL2(int kibibytes) {
    CudaRollout kernel = cuda.rollouts(132, kibibytes << 10);
    for (RolloutCheck.Case c :
        List.of(wide(new Leapfrog(), 2), wide(new RungeKutta4(), 1), papers(new Leapfrog(), 2))) {
      int resident = kernel.layout(plan(c), c.batch(), true).residentLayers();
      assertTrue(resident < c.layers().size(), resident + " of " + c);
      RolloutCheck.assertClose(RolloutCheck.composed(c), run(c, kernel, 1 << 20), TOLERANCE);
    }
  }

  @Test
  void aBlockTakesSeveralSamplesWhereThereAreTooFewMultiprocessors() {
    CudaRollout kernel = cuda.rollouts(2, HOPPER);
    for (RolloutCheck.Case c :
        List.of(wide(new Yoshida4(), 5), wide(new RungeKutta4(), 7), papers(new Leapfrog(), 3))) {
      int samples = kernel.layout(plan(c), c.batch(), true).samples();
      assertEquals(Math.min(4, (c.batch() + 1) / 2), samples);
      RolloutCheck.assertClose(RolloutCheck.composed(c), run(c, kernel, 1 << 20), TOLERANCE);
    }
  }

  private static RolloutCheck.Case wide(Integrator integrator, int batch) {
    return new RolloutCheck.Case(
        "wide",
        4,
        6,
        RolloutCheck.published(33, 34, Activation.SOFTPLUS),
        BaseEnergy.OSCILLATOR,
        integrator,
        batch,
        1,
        0.3);
  }

  private static RolloutCheck.Case papers(Integrator integrator, int batch) {
    return new RolloutCheck.Case(
        "paper's kind", 4, 5, RolloutCheck.paper(20), BaseEnergy.NONE, integrator, batch, 1, 0.3);
  }

  private static RolloutPlan plan(RolloutCheck.Case c) {
    return RolloutCheck.plan(c);
  }

  /** The plan of a preset with 29 leapfrog steps. */
  static RolloutPlan preset(String name) {
    HgnSpec spec = Presets.named(name, 5, BaseEnergy.NONE, 1);
    int size = spec.phaseSize();
    List<RolloutPlan.Layer> layers = new ArrayList<>();
    int inputs = 2 * spec.phaseChannels();
    for (var layer : spec.hamiltonian()) {
      Shape weight = Shape.of(layer.kernel(), layer.kernel(), inputs, layer.filters());
      layers.add(new RolloutPlan.Layer(weight, layer.geometry(), layer.activation()));
      inputs = layer.filters();
    }
    return new RolloutPlan(
        size, size, spec.phaseChannels(), layers, 0, 0, new Leapfrog().program(), 29, 0.125);
  }

  @Test
  void thePublishedNetworkStaysInSharedMemoryForwardAndBackward() {
    RolloutPlan plan = preset("published");
    CudaRollout kernel = cuda.rollouts(132, HOPPER);
    for (boolean dual : new boolean[] {false, true}) {
      RolloutLayout layout = kernel.layout(plan, 16, dual);
      assertEquals(5, layout.residentLayers());
      assertTrue(layout.floats() <= HOPPER / Float.BYTES, layout.floats() + " floats");
      for (int k = 0; k < 4; k++) {
        assertTrue(layout.up(k).tile().tiles() * layout.up(k).tile().split() >= 8, "busy warps");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "published", "paper"})
  void presetsFitEveryDevice(String name) {
    for (int bytes : new int[] {TURING, 99 << 10, HOPPER}) {
      CudaRollout kernel = cuda.rollouts(132, bytes);
      for (int batch : new int[] {1, 16, 256}) {
        assertTrue(kernel.refusal(preset(name), DType.FLOAT32, batch).isEmpty());
        for (boolean dual : new boolean[] {false, true}) {
          int floats = kernel.layout(preset(name), batch, dual).floats();
          assertTrue(floats * Float.BYTES <= bytes, floats + " floats of " + bytes + " bytes");
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheReason() {
    RolloutPlan plan = preset("published");
    CudaRollout kernel = cuda.rollouts(132, 16 << 10);
    String small = kernel.refusal(plan, DType.FLOAT32, 16).orElseThrow();
    assertTrue(small.contains("16384") && small.contains("shared memory"), small);
    String type = kernel.refusal(plan, DType.FLOAT64, 16).orElseThrow();
    assertTrue(type.contains("float64"), type);
    RolloutPlan.Layer same =
        new RolloutPlan.Layer(
            Shape.of(1, 1, 2, 2), Conv2dGeometry.symmetric(1, 0), Activation.TANH);
    RolloutPlan deep = plan(Collections.nCopies(9, same), new Leapfrog().program());
    String layers = kernel.refusal(deep, DType.FLOAT32, 16).orElseThrow();
    assertTrue(layers.startsWith("9 layers"), layers);
    RolloutProgram many =
        new RolloutProgram.Splitting(Collections.nCopies(17, RolloutProgram.Move.kick(1)));
    String moves = kernel.refusal(plan(List.of(same), many), DType.FLOAT32, 1).orElseThrow();
    assertTrue(moves.startsWith("17 evaluations"), moves);
  }

  private static RolloutPlan plan(List<RolloutPlan.Layer> layers, RolloutProgram program) {
    return new RolloutPlan(4, 4, 1, layers, 0, 0, program, 1, 1);
  }
}
