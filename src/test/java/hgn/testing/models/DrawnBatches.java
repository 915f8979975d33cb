package hgn.testing.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.frames.RolloutGenerator;
import hgn.loss.StepInputs;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DiscStyle;
import hgn.tensor.Tensor;

/** Batches of scenes, drawn by a backend, compared with the same batches of frames. */
public final class DrawnBatches {
  /** A float32 unit below 1: antialiasing may be rounded differently on a device. */
  public static final float LAST_BIT = 0x1p-24f;

  private DrawnBatches() {}

  /** Draws three of the rollouts on both and compares them. */
  public static void assertAsOnTheHost(
      Backend backend, RolloutGenerator rollouts, Window window, int... times) {
    long[] indices = {3, 0, 8};
    Batch frames = BatchMaker.ofFrames(rollouts, window).make(indices, times);
    Batch scenes = BatchMaker.on(backend, rollouts, window).make(indices, times);
    assertNull(frames.style());
    assertNotNull(scenes.style());
    float tolerance = scenes.style() == DiscStyle.ANTIALIASED ? LAST_BIT : 0;
    try (Arena arena = Arena.open("drawn batch");
        TinyTraining training = new TinyTraining(backend)) {
      StepInputs inputs = training.step.inputs(scenes);
      training.step.load(inputs, scenes, 0);
      Tensor clips = inputs.clips().frames();
      Tensor targets = inputs.targets().frames();
      assertEquals(frames.clipShape(), clips.shape());
      assertEquals(frames.targetShape(), targets.shape());
      assertArrayEquals(frames.clips(), clips.toFloats(), tolerance, "clips");
      assertArrayEquals(frames.targets(), targets.toFloats(), tolerance, "targets");
    }
  }
}
