package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.doctor.BackendCheck;
import hgn.frames.Renderer;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.loss.StepInputs;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DiscStyle;
import hgn.testing.FakeRenderer;
import hgn.testing.FreeDiscs;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.doctor.DrawnFramesCheck;
import hgn.testing.models.DrawnBatches;
import hgn.testing.models.TinyTraining;
import hgn.train.StepRunner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares batches drawn by the emulated device with those drawn by the host. */
@InFp32
class DrawnBatchTest {
  private Backend cuda;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
  }

  private static RolloutGenerator rollouts(PhysicalSystem system, Renderer renderer) {
    return new RolloutGenerator(system, renderer, 1, 0.125, 5, Split.TRAIN);
  }

  private void assertDrawnAlike(RolloutGenerator rollouts, Window window, int... times) {
    DrawnBatches.assertAsOnTheHost(cuda, rollouts, window, times);
  }

  @ParameterizedTest
  @CsvSource({"published, BLURRED", "table1, AVERAGED", "smooth, ANTIALIASED"})
  void everySystemLooksAsOnTheHost(String renderer, DiscStyle style) {
    for (PhysicalSystem system : Systems.all()) {
      RolloutGenerator rollouts = rollouts(system, Renderers.byName(renderer, 32));
      Window window = Window.fromLast(3, 4);
      assertEquals(style, BatchMaker.on(cuda, rollouts, window).make(new long[] {0}).style());
      assertDrawnAlike(rollouts, window, 0, 1, 2, 3);
      assertDrawnAlike(rollouts, window, 1, 3);
      assertDrawnAlike(rollouts, window.withPast(2), -4, -1, 0, 3);
      assertDrawnAlike(rollouts, new Window(5, 1, 2), 1);
    }
  }

  /** Random discs, overlapping and across the edge, in images of odd sizes. */
  @ParameterizedTest
  @ValueSource(strings = {"published", "table1", "smooth"})
  void anyDiscsLookAsOnTheHost(String renderer) {
    for (int stream = 0; stream < 40; stream++) {
      var rng = new PhiloxRandom(31, stream);
      int resolution = 8 + (int) rng.uniform(0, 17);
      int[] colours = new int[1 + stream % 4];
      double[] radii = new double[colours.length];
      for (int b = 0; b < radii.length; b++) {
        colours[b] = (int) rng.uniform(0, 3);
        radii[b] = rng.uniform(4.0 / resolution, 1.2);
      }
      PhysicalSystem system = new FreeDiscs(2, colours, radii);
      assertDrawnAlike(
          rollouts(system, Renderers.byName(renderer, resolution)), Window.fromLast(2, 3), 0, 2);
    }
  }

  @Test
  void backgroundBatchesAreTheSameRolloutsAndTimes() {
    RolloutGenerator rollouts = rollouts(Systems.all().get(0), Renderers.byName("smooth", 8));
    Window window = Window.fromLast(2, 4).withPast(1);
    BatchMaker scenes = BatchMaker.on(cuda, rollouts, window);
    try (Batches drawnThere = new Batches(scenes, 3, 9, 2, 1, 5, 2);
        Batches drawnHere = new Batches(BatchMaker.ofFrames(rollouts, window), 3, 9, 2, 1, 5, 1);
        Arena arena = Arena.open("test");
        TinyTraining training = new TinyTraining(cuda)) {
      StepInputs inputs = null;
      for (int k = 0; k < 7; k++) {
        Batch there = drawnThere.next();
        Batch here = drawnHere.next();
        inputs = inputs == null ? training.step.inputs(there) : inputs;
        training.step.load(inputs, there, k);
        assertArrayEquals(here.times(), there.times());
        assertArrayEquals(here.clips(), inputs.clips().frames().toFloats(), DrawnBatches.LAST_BIT);
        assertArrayEquals(
            here.targets(), inputs.targets().frames().toFloats(), DrawnBatches.LAST_BIT);
        assertTrue(10 * there.clips().length < here.clips().length);
      }
    }
  }

  @Test
  void recordedStepsOnThemEndInTheSameBitsAsOnFrames() {
    RolloutGenerator rollouts = rollouts(Systems.all().get(1), Renderers.byName("published", 8));
    Map<String, double[]> onFrames =
        trained(BatchMaker.ofFrames(rollouts, TinyTraining.WINDOW), false);
    BatchMaker scenes = BatchMaker.on(cuda, rollouts, TinyTraining.WINDOW);
    Map<String, double[]> recorded = trained(scenes, true);
    Map<String, double[]> eager = trained(scenes, false);
    onFrames.forEach((name, x) -> assertArrayEquals(x, recorded.get(name), name));
    onFrames.forEach((name, x) -> assertArrayEquals(x, eager.get(name), name));
  }

  private Map<String, double[]> trained(BatchMaker maker, boolean recorded) {
    try (TinyTraining training = new TinyTraining(cuda);
        StepRunner steps =
            recorded ? StepRunner.fastest(training.step, cuda) : StepRunner.eager(training.step);
        Batches batches = new Batches(maker, 4, 40, 0, 1, 0, 1)) {
      assertEquals(recorded, !steps.isEager());
      for (int k = 0; k < 4; k++) {
        steps.run(batches.next(), k);
      }
      assertTrue(Double.isFinite(steps.losses().loss()));
      return training.state();
    }
  }

  @Test
  void theDoctorsCheckPasses() {
    BackendCheck.Outcome outcome = new DrawnFramesCheck().run(cuda);
    assertEquals(List.of(), outcome.failures());
    assertEquals(3 * Systems.all().size(), outcome.checks());
    assertEquals(0, new DrawnFramesCheck().run(Backends.get("jvm")).checks(), "nothing to check");
  }

  @Test
  void whatNobodyCanDrawThereIsDrawnHere() {
    Window window = TinyTraining.WINDOW;
    RolloutGenerator waves = new FakeRenderer(8).rollouts(1, Split.TRAIN);
    RolloutGenerator discs = rollouts(Systems.all().get(0), Renderers.byName("smooth", 8));
    assertNull(BatchMaker.on(cuda, waves, window).make(new long[1]).style());
    assertNull(BatchMaker.on(Backends.get("jvm"), discs, window).make(new long[1]).style());
  }
}
