package hgn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.Batch;
import hgn.data.Window;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import hgn.testing.models.TinyTraining;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Number of kernel launches of a training step on the emulated device. */
@InFp32
class StepLaunchesTest {
  private Backend cuda;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
  }

  /** Launches of a step for this number of decoded frames and of frames at once. */
  private long launches(int frames, int framesAtOnce) {
    Window window = Window.fromLast(2, frames);
    Batch batch = TinyTraining.batch(0, window, IntStream.range(0, frames).toArray());
    try (TinyTraining training = new TinyTraining(cuda)) {
      TrainingStep step =
          new TrainingStep(
              training.model,
              training.adam,
              training.weighting,
              new TrainingStep.Settings(0.125, 3e-3, framesAtOnce, false, 7));
      step.run(batch, 0);
      long before = CudaEmulator.launches();
      step.run(batch, 1);
      return CudaEmulator.launches() - before;
    }
  }

  @Test
  void framesThatAreDecodedTogetherNeedNoLaunchesOfTheirOwn() {
    assertEquals(launches(6, 0), launches(12, 0));
  }

  @Test
  void aGroupOfFramesNeedsAsManyAsAnyOther() {
    long two = launches(12, 24);
    long three = launches(12, 16);
    long four = launches(12, 12);
    assertEquals(three - two, four - three);
    assertTrue(three > two);
  }
}
