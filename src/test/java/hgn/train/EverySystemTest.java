package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.BatchMaker;
import hgn.data.Batches;
import hgn.data.Window;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.loss.Geco;
import hgn.loss.LossWeighting;
import hgn.mechanics.HenonHeiles;
import hgn.model.HgnSpec;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.testing.models.TinyModel;
import hgn.testing.models.TinyTraining;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training on every system with both renderers. */
class EverySystemTest {
  static Stream<PhysicalSystem> systems() {
    Stream<PhysicalSystem> own = Stream.of(new HenonHeiles());
    return Stream.of(Systems.all().stream(), Systems.misprinted().stream(), own).flatMap(s -> s);
  }

  /** The tiny model, with frames large enough for every disc. */
  private static HgnSpec spec() {
    HgnSpec tiny = TinyModel.spec(2, 3, true);
    return new HgnSpec(
        32,
        tiny.frameChannels(),
        tiny.framesIn(),
        tiny.encoder(),
        tiny.latent(),
        tiny.transformer(),
        tiny.hamiltonian(),
        tiny.base(),
        tiny.gain(),
        tiny.decoder(),
        tiny.blockActivation());
  }

  @ParameterizedTest
  @MethodSource("systems")
  void threeStepsAreTrained(PhysicalSystem system) {
    Backend backend = Backends.get("jvm");
    LossWeighting weighting = new Geco(TinyTraining.GECO, backend, DType.FLOAT32);
    try (TinyTraining training = new TinyTraining(spec(), weighting, backend, false)) {
      double before = 0;
      for (int k = 0; k < 3; k++) {
        String renderer = k % 2 == 0 ? "published" : "smooth";
        Window window = TinyTraining.WINDOW;
        var rollouts =
            new RolloutGenerator(
                system,
                Renderers.byName(renderer, 32),
                window.rolloutFrames(),
                0.125,
                5,
                Split.TRAIN);
        BatchMaker maker = BatchMaker.ofFrames(rollouts, window);
        try (Batches batches = new Batches(maker, 2, 40, 0, 1, k, 1)) {
          double loss = training.step.run(batches.next(), k).loss();
          assertTrue(Double.isFinite(loss), system.name() + ": loss " + loss);
          assertNotEquals(before, loss);
          before = loss;
        }
      }
      assertEquals(3, training.adam.steps());
    }
  }
}
