package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.dynamics.PhaseState;
import hgn.nn.ConvSpec;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes and values of the encoder, the transformer and the decoder. */
class NetworksTest {
  private static final HgnSpec SPEC = TinyModel.spec(2, 3, false);

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static Var normal(Backend backend, int... dims) {
    return TinyModel.normal(backend, DType.FLOAT32, 1, dims);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theEncoderStacksFramesAndGivesMeanAndLogVarianceOfTheirOwn(Backend backend) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Encoder encoder = new Encoder(parameters, new Init(1), SPEC);
      assertEquals(Shape.of(3, 3, 6, 4), parameters.get("encoder.trunk.0.weight").shape());
      Posterior posterior = encoder.apply(normal(backend, 5, 8, 8, 6));
      assertEquals(Shape.of(5, 8, 8, 3), posterior.mean().shape());
      assertEquals(Shape.of(5, 8, 8, 3), posterior.logVariance().shape());
      double[] mean = posterior.mean().value().toDoubles();
      assertFalse(Arrays.equals(mean, posterior.logVariance().value().toDoubles()));
      assertTrue(Arrays.stream(mean).anyMatch(v -> v < 0), "the heads are linear");
      Throws.naming(
          IllegalArgumentException.class,
          () -> encoder.apply(normal(backend, 5, 8, 8, 3)),
          "[conv2d]",
          "(5,8,8,3)");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theTransformersChannelsSplitIntoQThenP(Backend backend) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Transformer transformer = new Transformer(parameters, new Init(1), SPEC);
      // with weights of zero each channel is its bias
      parameters.get("transformer.0.weight").value().set(new double[3 * 3 * 3 * 4]);
      parameters.get("transformer.0.bias").value().set(1, 2, 3, 4);
      PhaseState state = transformer.apply(normal(backend, 5, 8, 8, 3));
      assertEquals(Shape.of(5, 4, 4, 2), state.q().shape());
      assertEquals(Shape.of(5, 4, 4, 2), state.p().shape());
      double[] q = state.q().value().toDoubles();
      double[] p = state.p().value().toDoubles();
      for (int i = 0; i < q.length; i++) {
        assertEquals(1 + i % 2, q[i]);
        assertEquals(3 + i % 2, p[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theDecoderDoublesOncePerBlockAndGivesColours(Backend backend) {
    HgnSpec spec =
        new HgnSpec(
            16,
            3,
            1,
            List.of(),
            8,
            List.of(ConvSpec.same(8, 2, Activation.RELU), ConvSpec.same(8, 2, Activation.IDENTITY)),
            SPEC.hamiltonian(),
            BaseEnergy.NONE,
            1,
            List.of(4, 6),
            Activation.SIGMOID);
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Decoder decoder = new Decoder(parameters, new Init(1), spec);
      Var frames = decoder.apply(normal(backend, 7, 4, 4, 4));
      assertEquals(Shape.of(7, 16, 16, 3), frames.shape());
      for (float value : frames.value().toFloats()) {
        assertTrue(value > 0 && value < 1, "a colour of " + value);
      }
      List<String> names = parameters.all().stream().map(parameter -> parameter.name()).toList();
      assertFalse(names.contains("decoder.block0.skip.weight"), "4 channels stay 4");
      assertEquals(Shape.of(1, 1, 4, 6), parameters.get("decoder.block1.skip.weight").shape());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void samplesOfABatchDoNotMix(Backend backend) {
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Init init = new Init(1);
      Encoder encoder = new Encoder(parameters, init, SPEC);
      Transformer transformer = new Transformer(parameters, init, SPEC);
      Decoder decoder = new Decoder(parameters, init, SPEC);
      Var both = normal(backend, 2, 8, 8, 6);
      Var second = Var.constant(both.value().rows(1, 1));
      double[] alone =
          decoder.apply(transformer.apply(encoder.apply(second).mean()).q()).value().toDoubles();
      double[] together =
          decoder.apply(transformer.apply(encoder.apply(both).mean()).q()).value().toDoubles();
      assertArrayEquals(alone, Arrays.copyOfRange(together, alone.length, 2 * alone.length), 1e-6);
    }
  }
}
