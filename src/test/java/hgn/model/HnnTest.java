package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.models.ParameterCheck;
import hgn.testing.models.TinyModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PixelHNN and HNN (conv) in double precision, on frames of 8x8. */
class HnnTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final double FRAME_TIME = 0.125;

  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  private static Hnn model(boolean dense) {
    Parameters parameters = new Parameters(JVM, DType.FLOAT64);
    HgnSpec spec = TinyModel.spec(5, 1, false);
    return dense
        ? Hnn.dense(spec, new Leapfrog(), parameters, 21, FRAME_TIME)
        : Hnn.conv(spec, new Leapfrog(), parameters, 21, FRAME_TIME);
  }

  private static Var normal(long stream, int... dims) {
    return TinyModel.normal(JVM, DType.FLOAT64, stream, dims);
  }

  /** A film of three frames, from clips of five. */
  private static Var film(Hnn model, Var clips) {
    return model.decode(model.rollout(model.infer(clips, null), 3, 2 * FRAME_TIME));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void framesAreDifferentiableTwiceByClips(boolean dense) {
    try (Hnn model = model(dense)) {
      GradCheck.check("hnn", x -> film(model, x.get(0)), List.of(normal(1, 2, 8, 8, 5).value()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theGradientByEveryParameterIsThatOfADifferenceQuotient(boolean dense) {
    try (Hnn model = model(dense)) {
      Var weights = normal(3, 6, 8, 8, 1);
      // a constant added to the energy has no effect
      Set<String> idle = dense ? Set.of("hamiltonian.2.bias") : Set.of();
      ParameterCheck.check(
          model.parameters(),
          () -> Reductions.sum(Arithmetic.mul(film(model, normal(1, 2, 8, 8, 5)), weights)),
          idle);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theStateComesFromTheLastTwoFramesAlone(boolean dense) {
    try (Hnn model = model(dense)) {
      Var clips = normal(1, 2, 8, 8, 5);
      PhaseState inferred = model.infer(clips, null);
      PhaseState paired = model.encode(Layout.slice(clips, 3, 3, 2));
      assertArrayEquals(values(paired.q()), values(inferred.q()));
      assertArrayEquals(values(paired.p()), values(inferred.p()));
      assertEquals(dense ? Shape.of(2, 1) : Shape.of(2, 4, 4, 2), inferred.q().shape());
      assertEquals(Shape.of(2, 8, 8, 1), model.decode(List.of(inferred)).shape());
    }
  }

  @Test
  void theDenseOneRestoresBothFramesAndShowsTheSecond() {
    try (Hnn model = model(true)) {
      Var pairs = normal(1, 2, 8, 8, 2);
      PhaseState state = model.encode(pairs);
      Var restored = model.restore(state);
      assertEquals(pairs.shape(), restored.shape());
      assertArrayEquals(values(pairs), values(model.restorable(pairs)));
      assertArrayEquals(
          values(Layout.slice(restored, 3, 1, 1)), values(model.decode(List.of(state))));
      // 128 pixels over 200, 200, 200 to 2 and back, and 2 over 200, 200 to the energy
      long half = 128 * 200 + 200 + 2 * (200 * 200 + 200) + 200 * 2 + 2;
      long back = 2 * 200 + 200 + 2 * (200 * 200 + 200) + 200 * 128 + 128;
      long energy = 2 * 200 + 200 + 200 * 200 + 200 + 200 + 1;
      assertEquals(half + back + energy, model.parameters().count());
    }
  }

  @Test
  void theConvolutionalOneRestoresTheSecondFrame() {
    try (Hnn model = model(false)) {
      Var pairs = normal(1, 2, 8, 8, 2);
      assertEquals(Shape.of(2, 8, 8, 1), model.restore(model.encode(pairs)).shape());
      assertArrayEquals(values(Layout.slice(pairs, 3, 1, 1)), values(model.restorable(pairs)));
      assertTrue(model.parameters().all().stream().noneMatch(x -> x.name().contains("logvar")));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFrameIsTheUnitOfTime(boolean dense) {
    try (Hnn model = model(dense);
        Tape.Mode off = Tape.pause()) {
      PhaseState start = model.infer(normal(1, 2, 8, 8, 5), null);
      Hamiltonian energy = model.energy().orElseThrow();
      List<PhaseState> expected = new HamiltonianFlow(energy, new Leapfrog()).rollout(start, 3, -1);
      List<PhaseState> states = model.rollout(start, 3, -FRAME_TIME);
      assertArrayEquals(values(expected.get(2).q()), values(states.get(2).q()));
      assertArrayEquals(values(expected.get(2).p()), values(states.get(2).p()));
      PhaseState slope = new VectorField(energy).both(start);
      double[] later = values(model.afterFrame(start).p());
      for (int i = 0; i < later.length; i++) {
        assertEquals(values(start.p())[i] - values(slope.q())[i], later[i], 1e-15);
      }
    }
  }

  @Test
  void itHasNoLatentsAndNeedsAnEnergy() {
    try (Hnn model = model(true);
        Parameters none = new Parameters(JVM, DType.FLOAT64)) {
      assertTrue(model.latent(3).isEmpty());
      assertThrows(UnsupportedOperationException.class, () -> model.imagine(normal(1, 2, 2)));
      HgnSpec direct = TinyModel.spec(5, 1, false).with(DynamicsKind.DIRECT);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Hnn.conv(direct, new Leapfrog(), none, 1, 1))
              .getMessage();
      assertTrue(message.contains("DIRECT") && message.contains("JOINT"), message);
    }
  }

  private static double[] values(Var x) {
    return x.value().toDoubles();
  }
}
