package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.frames.Renderer;
import hgn.frames.Renderers;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.physics.Systems;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContrastTest {
  private static final HgnSpec SPEC = TinyModel.spec(2, 3, false);

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  static Stream<Arguments> pictures() {
    return backends().stream()
        .flatMap(backend -> Renderers.NAMES.stream().map(name -> Arguments.of(backend, name)));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void theBackgroundOfRealFramesIsAboutZero(Backend backend, String name) {
    try (Arena arena = Arena.open("test")) {
      int size = 32;
      Renderer renderer = Renderers.byName(name, size);
      float[] frame = new float[size * size * 3];
      // a mass at rest in the middle: the corners show only background
      renderer.draw(Systems.byName("mass-spring"), new double[] {0, 0}, frame, 0);
      Var frames =
          Var.constant(Tensor.of(backend, DType.FLOAT32, Shape.of(1, size, size, 3), frame));
      double[] seen = new Contrast(8, renderer.background()).apply(frames).value().toDoubles();
      double background = (seen[0] + seen[1] + seen[2]) / 3;
      assertEquals(0, background, 1e-5);
      int middle = ((size / 2) * size + size / 2) * 3;
      assertTrue(seen[middle] > 8 * 0.3, "the mass stands out by " + seen[middle]);
    }
  }

  /** The output of a network with an encoder of {@code spec} for frames. */
  private interface Network {
    Var see(Parameters parameters, HgnSpec spec, Var frames);
  }

  static Stream<Arguments> networks() {
    Network encoder = (to, spec, frames) -> new Encoder(to, new Init(1), spec).apply(frames).mean();
    Network hnn =
        (to, spec, frames) -> new ConvPairAutoencoder(to, new Init(1), spec).encode(frames).q();
    return backends().stream()
        .flatMap(backend -> Stream.of(Arguments.of(backend, encoder), Arguments.of(backend, hnn)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void encodersSeeFramesThroughIt(Backend backend, Network network) {
    try (Arena arena = Arena.open("test")) {
      Contrast contrast = new Contrast(3, 0.3);
      Var frames = TinyModel.normal(backend, DType.FLOAT32, 1, 2, 8, 8, 6);
      double[] seen = seen(network, SPEC.seeing(contrast), frames);
      assertArrayEquals(seen(network, SPEC, contrast.apply(frames)), seen, 0);
      assertFalse(Arrays.equals(seen(network, SPEC, frames), seen), "it does something");
    }
  }

  private static double[] seen(Network network, HgnSpec spec, Var frames) {
    try (Parameters parameters = new Parameters(frames.value().backend(), DType.FLOAT32)) {
      return network.see(parameters, spec, frames).value().toDoubles();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void withoutItFramesStayAsTheyAre(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      Var frames = TinyModel.normal(backend, DType.FLOAT32, 1, 2, 8, 8, 6);
      assertSame(frames, Contrast.NONE.apply(frames));
    }
  }

  @Test
  void factorsBelowZeroAreRefused() {
    Throws.naming(IllegalArgumentException.class, () -> new Contrast(-1, 0), "[model]", "-1");
    Throws.naming(IllegalArgumentException.class, () -> new Contrast(Double.NaN, 0), "[model]");
  }
}
