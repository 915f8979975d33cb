package hgn.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.Batch;
import hgn.dynamics.Leapfrog;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.testing.backends.CudaEmulator;
import org.junit.jupiter.api.Test;

/** Inputs of the timed training step. */
class BenchWorkTest {
  private static Batch batch(Backend backend) {
    HgnSpec spec = Presets.named("quick", 5, BaseEnergy.NONE, 1);
    try (Hgn model = new Hgn(spec, new Leapfrog(), backend, DType.FLOAT32, 0);
        BenchWork work = new BenchWork(model, 2, 3)) {
      return work.batch();
    }
  }

  @Test
  void aBackendThatDrawsGetsScenesAsInTraining() {
    Batch frames = batch(Backends.get("jvm"));
    assertNull(frames.style());
    assertEquals(frames.targetShape().count(), frames.targets().length);
    CudaEmulator.install();
    Batch scenes = batch(Backends.get("cuda"));
    assertNotNull(scenes.style());
    assertEquals(frames.targetShape(), scenes.targetShape());
    assertTrue(100 * scenes.targets().length < frames.targets().length);
  }
}
