package hgn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Leapfrog;
import hgn.model.Angles;
import hgn.model.BaseEnergy;
import hgn.model.Hgn;
import hgn.model.HgnSpec;
import hgn.model.Presets;
import hgn.model.VectorPhase;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.MemoryPool;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.Precisions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames decoded at once by default. */
class DecoderMemoryTest {
  private static final HgnSpec PUBLISHED = Presets.named("published", 5, BaseEnergy.NONE, 1);
  private static final HgnSpec OF_PROFILES =
      Presets.withPhase(
          "quick", 30, BaseEnergy.OSCILLATOR, 1, new VectorPhase(1, Angles.NONE, 24, 6, 24));

  private long memory;

  @AfterEach
  void restore() {
    if (memory > 0) {
      CudaEmulator.setTotalMemory(memory);
    }
  }

  @Test
  void theHostDecodesAsManyAsStayInItsCacheWhateverItsMemory() {
    Backend host = Backends.get("jvm");
    assertEquals(32, DecoderMemory.framesAtOnce(PUBLISHED, host));
    assertEquals(65, DecoderMemory.framesAtOnce(OF_PROFILES, host));
    assertEquals(8, DecoderMemory.framesAtOnce(PUBLISHED.forFrames(64, 3), host));
    assertEquals(2, DecoderMemory.framesAtOnce(PUBLISHED.forFrames(128, 1), host));
  }

  @Test
  void aDeviceDecodesWhatFitsInHalfOfItsMemory() {
    CudaEmulator.install();
    Backend cuda = Backends.get("cuda");
    memory = CudaEmulator.totalMemory();
    long frame = DecoderMemory.bytesPerFrame(PUBLISHED);
    CudaEmulator.setTotalMemory(2 * 1000 * frame);
    assertEquals(1000, DecoderMemory.framesAtOnce(PUBLISHED, cuda));
    CudaEmulator.setTotalMemory(frame);
    assertEquals(1, DecoderMemory.framesAtOnce(PUBLISHED, cuda));
  }

  /** Bytes that the pool needs to decode and differentiate this number of frames. */
  private static long needed(Backend backend, HgnSpec spec, int frames) {
    long[] bytes = new long[1];
    Precisions.in(
        Precision.FP32,
        () -> {
          try (Hgn model = new Hgn(spec, new Leapfrog(), backend, DType.FLOAT32, 1);
              MemoryPool.Reservation all = backend.pool().reserve(() -> decode(model, frames))) {
            bytes[0] = all.bytes();
          }
        });
    return bytes[0];
  }

  private static void decode(Hgn model, int frames) {
    HgnSpec spec = model.spec();
    Shape state = Shape.of(frames, spec.phaseSize(), spec.phaseSize(), spec.phaseChannels());
    try (Arena arena = Arena.open("decoder")) {
      Backend backend = model.parameters().backend();
      Var q = Var.leaf(Tensor.full(backend, DType.FLOAT32, state, 0.5));
      Var sum = Reductions.sum(model.decoder().apply(q));
      Gradients.orZero(sum, model.parameters().vars("decoder."), false);
    }
  }

  private static Stream<HgnSpec> specs() {
    return Stream.of(
        Presets.named("quick", 5, BaseEnergy.NONE, 1),
        PUBLISHED,
        Presets.named("paper", 5, BaseEnergy.NONE, 1),
        OF_PROFILES,
        OF_PROFILES.forFrames(64, 1));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theEstimateIsWhatAFrameTakes(HgnSpec spec) {
    CudaEmulator.install();
    Backend cuda = Backends.get("cuda");
    double taken = (needed(cuda, spec, 24) - needed(cuda, spec, 12)) / 12.0;
    double ratio = DecoderMemory.bytesPerFrame(spec) / taken;
    assertTrue(ratio > 1 && ratio < 1.6, "estimate / taken = " + ratio);
  }
}
