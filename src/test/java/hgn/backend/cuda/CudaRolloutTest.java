package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.doctor.BackendCheck;
import hgn.dynamics.KernelIntegrator;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.RolloutCheck;
import hgn.dynamics.RungeKutta4;
import hgn.dynamics.Yoshida4;
import hgn.model.BaseEnergy;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tensor.Activation;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram;
import hgn.tensor.Shape;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.doctor.RolloutKernelCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rollout kernel, on the emulator, compared with the composition in float64. */
@InFp32
class CudaRolloutTest {
  private static final double TOLERANCE = 2e-5;

  // shared memory of a block on such a GPU
  private static final int HOPPER = 227 << 10;
  private static final int AMPERE = 99 << 10; // 8.6, 8.9
  private static final int TURING = 64 << 10;

  private CudaBackend cuda;

  @BeforeEach
  void open() {
    CudaEmulator.install();
    cuda = (CudaBackend) Backends.get("cuda");
  }

  static List<RolloutCheck.Case> cases() {
    return RolloutCheck.cases();
  }

  private static RolloutDevice device(int multiprocessors, int bytes, Integer... clusters) {
    List<Integer> sizes = clusters.length == 0 ? List.of(1) : List.of(clusters);
    return new RolloutDevice(multiprocessors, bytes / Float.BYTES, sizes);
  }

  private RolloutCheck.Outcome run(RolloutCheck.Case c, CudaRollout kernel, long partBytes) {
    return RolloutCheck.fused(c, cuda, DType.FLOAT32, kernel, partBytes);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void statesAndGradientsAreThoseOfTheComposition(RolloutCheck.Case c) {
    assertComputes(c, cuda.rollouts(device(132, HOPPER)));
  }

  /** The published network, and cases of every integrator and kind of layer. */
  static List<RolloutCheck.Case> casesOfClusters() {
    List<RolloutCheck.Case> some = new ArrayList<>(RolloutCheck.presets(1, 1).subList(0, 1));
    RolloutCheck.cases().stream()
        .filter(c -> !c.name().equals("published kind") || c.base() == BaseEnergy.OSCILLATOR)
        .filter(CudaRolloutTest::fitsCluster)
        .forEach(some::add);
    return some;
  }

  private static boolean fitsCluster(RolloutCheck.Case c) {
    RolloutDevice device = device(132, HOPPER, RolloutDevice.CLUSTER);
    return RolloutLayout.of(RolloutCheck.plan(c), c.batch(), true, device).isPresent();
  }

  @Test
  void onlyTheWidestNetworksDoNotFitAClustersSharedMemory() {
    List<RolloutCheck.Case> all = new ArrayList<>(RolloutCheck.cases());
    all.addAll(RolloutCheck.presets(1, 1));
    assertEquals(
        List.of("wide", "paper preset"),
        all.stream().filter(c -> !fitsCluster(c)).map(RolloutCheck.Case::name).toList());
  }

  @ParameterizedTest
  @MethodSource("casesOfClusters")
  void aClusterOfBlocksComputesTheSame(RolloutCheck.Case c) {
    CudaRollout kernel = cuda.rollouts(device(132, HOPPER, RolloutDevice.CLUSTER));
    RolloutPlan plan = RolloutCheck.plan(c);
    for (boolean dual : new boolean[] {false, true}) {
      assertEquals(RolloutDevice.CLUSTER, kernel.layout(plan, c.batch(), dual).cluster());
    }
    assertComputes(c, kernel);
  }

  /**
   * Where most multiprocessors would be idle, blocks share samples; where none would, they do not.
   */
  @Test
  void smallBatchesAreSharedByClusters() {
    RolloutPlan plan = preset("published");
    CudaRollout kernel = cuda.rollouts(device(132, HOPPER, 1, RolloutDevice.CLUSTER));
    for (boolean dual : new boolean[] {false, true}) {
      assertEquals(RolloutDevice.CLUSTER, kernel.layout(plan, 1, dual).cluster());
      assertEquals(RolloutDevice.CLUSTER, kernel.layout(plan, 16, dual).cluster());
      assertEquals(1, kernel.layout(plan, 256, dual).cluster());
    }
  }

  @Test
  void aBlockOfAClusterTakesSeveralSamples() {
    CudaRollout kernel = cuda.rollouts(device(9, HOPPER, RolloutDevice.CLUSTER));
    for (RolloutCheck.Case c : List.of(small(new Yoshida4(), 5), small(new RungeKutta4(), 7))) {
      int samples = kernel.layout(RolloutCheck.plan(c), c.batch(), true).samples();
      assertTrue(samples > 1 && c.batch() % samples != 0, samples + " of " + c.batch());
      RolloutCheck.assertClose(RolloutCheck.composed(c), run(c, kernel, 1 << 20), TOLERANCE);
    }
  }

  private static RolloutCheck.Case small(KernelIntegrator integrator, int batch) {
    return new RolloutCheck.Case(
        "small",
        4,
        5,
        RolloutCheck.published(17, 20, Activation.SOFTPLUS),
        BaseEnergy.OSCILLATOR,
        integrator,
        batch,
        1,
        0.3);
  }

  private void assertComputes(RolloutCheck.Case c, CudaRollout kernel) {
    RolloutCheck.Outcome expected = RolloutCheck.composed(c);
    RolloutCheck.Outcome whole = run(c, kernel, Long.MAX_VALUE);
    RolloutCheck.assertClose(expected, whole, TOLERANCE);
    assertSame(whole, run(c, kernel, Long.MAX_VALUE));
    RolloutCheck.assertClose(expected, run(c, kernel, 1), TOLERANCE);
    assertEquals(2 * c.layers().size(), whole.names().size() - (c.steps() + 2) - 2);
  }

  @Test
  void thePresetsAreRight() {
    for (RolloutCheck.Case c : RolloutCheck.presets(1, 1)) {
      RolloutCheck.Outcome fused = run(c, cuda.rollouts(device(132, HOPPER)), Long.MAX_VALUE);
      RolloutCheck.assertClose(RolloutCheck.composed(c), fused, TOLERANCE);
      assertEquals(c.layers().size(), (fused.names().size() - 5) / 2);
    }
  }

  @Test
  void theDoctorsCheckPassesOverBackendsWithoutAKernel() {
    RolloutKernelCheck check = new RolloutKernelCheck();
    assertEquals(new BackendCheck.Outcome(0, List.of()), check.run(Backends.get("jvm")));
    assertEquals("rollout kernel", check.name());
  }

  private static void assertSame(RolloutCheck.Outcome a, RolloutCheck.Outcome b) {
    for (int i = 0; i < a.names().size(); i++) {
      assertArrayEquals(a.values().get(i), b.values().get(i), 0, a.names().get(i));
    }
  }

  /** With room for the activations only, and for some of the layers' weights. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16, 48})
  void weightsThatDoNotFitAreReadThroughL2(int kibibytes) {
    for (RolloutCheck.Case c :
        List.of(wide(new Leapfrog(), 2), wide(new RungeKutta4(), 1), papers(new Leapfrog(), 2))) {
      RolloutPlan plan = RolloutCheck.plan(c);
      int bytes = Float.BYTES * RolloutLayout.least(plan, true) + (kibibytes << 10);
      CudaRollout kernel = cuda.rollouts(device(132, bytes));
      int resident = kernel.layout(plan, c.batch(), true).residentLayers();
      assertTrue(resident < c.layers().size(), resident + " of " + c);
      assertTrue(kibibytes == 0 || resident > 0, resident + " of " + c);
      RolloutCheck.assertClose(RolloutCheck.composed(c), run(c, kernel, 1 << 20), TOLERANCE);
    }
  }

  @Test
  void aBlockTakesSeveralSamplesWhereThereAreTooFewMultiprocessors() {
    CudaRollout kernel = cuda.rollouts(device(2, HOPPER));
    for (RolloutCheck.Case c :
        List.of(wide(new Yoshida4(), 5), wide(new RungeKutta4(), 7), papers(new Leapfrog(), 3))) {
      int samples = kernel.layout(RolloutCheck.plan(c), c.batch(), true).samples();
      assertTrue(samples > 1 && c.batch() % samples != 0, samples + " of " + c.batch());
      RolloutCheck.assertClose(RolloutCheck.composed(c), run(c, kernel, 1 << 20), TOLERANCE);
    }
  }

  private static RolloutCheck.Case wide(KernelIntegrator integrator, int batch) {
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

  private static RolloutCheck.Case papers(KernelIntegrator integrator, int batch) {
    return new RolloutCheck.Case(
        "paper's kind", 4, 5, RolloutCheck.paper(20), BaseEnergy.NONE, integrator, batch, 1, 0.3);
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
  void thePublishedNetworkStaysInSharedMemory() {
    RolloutPlan plan = preset("published");
    CudaRollout kernel = cuda.rollouts(device(132, HOPPER));
    for (boolean dual : new boolean[] {false, true}) {
      RolloutLayout layout = kernel.layout(plan, 16, dual);
      // backward, the 4 KB of the last layer have to be read through the cache
      assertEquals(dual ? 4 : 5, layout.residentLayers());
      assertTrue(layout.floats() <= HOPPER / Float.BYTES, layout.floats() + " floats");
      for (int k = 0; k < 4; k++) {
        assertTrue(layout.resident(k) >= 0, "layer " + k);
        assertTrue(layout.up(k).tile().tiles() * layout.up(k).tile().split() >= 4, "busy warps");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "published", "paper"})
  void presetsFitTheDevices(String name) {
    RolloutPlan plan = preset(name);
    for (int bytes : new int[] {TURING, AMPERE, HOPPER}) {
      CudaRollout kernel = cuda.rollouts(device(132, bytes));
      boolean fits = bytes > TURING || !name.equals("paper");
      assertEquals(fits, kernel.refusal(plan, DType.FLOAT32, 16).isEmpty());
      for (int batch : fits ? new int[] {1, 16, 256} : new int[0]) {
        for (boolean dual : new boolean[] {false, true}) {
          int floats = kernel.layout(plan, batch, dual).floats();
          assertTrue(floats * Float.BYTES <= bytes, floats + " floats of " + bytes + " bytes");
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheReason() {
    RolloutPlan plan = preset("published");
    CudaRollout kernel = cuda.rollouts(device(132, 16 << 10));
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

  @Test
  void theFlowTakesTheKernelUnlessToldNotTo() {
    RolloutCheck.Case c = wide(new Leapfrog(), 1);
    RolloutCheck.Outcome expected = RolloutCheck.composed(c);
    long fused = nodes(c, expected);
    String before = System.getProperty("hgn.fused");
    System.setProperty("hgn.fused", "false");
    try {
      long composed = nodes(c, expected);
      assertTrue(composed > 8 * fused, composed + " nodes composed, " + fused + " fused");
    } finally {
      if (before == null) {
        System.clearProperty("hgn.fused");
      } else {
        System.setProperty("hgn.fused", before);
      }
    }
  }

  /** Operations recorded by a rollout and its gradient on this backend; checks the result too. */
  private long nodes(RolloutCheck.Case c, RolloutCheck.Outcome expected) {
    long before = Tape.recordedNodes();
    RolloutCheck.assertClose(expected, RolloutCheck.flow(c, cuda, DType.FLOAT32), TOLERANCE);
    return Tape.recordedNodes() - before;
  }

  @Test
  void aThirdDerivativeIsRefused() {
    UnsupportedOperationException refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> RolloutCheck.third(wide(new Leapfrog(), 1), cuda, DType.FLOAT32));
    assertTrue(refused.getMessage().startsWith("[rollout]"), refused.getMessage());
  }
}
