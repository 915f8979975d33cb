package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.nn.Parameter;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.testing.models.ParameterCheck;
import hgn.testing.models.TinyModel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole model in double precision, small enough to check completely. */
class HgnTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final double DT = 0.125;

  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  static List<Integrator> integrators() {
    return Integrators.all();
  }

  private static Hgn model(Integrator integrator, boolean kinetic) {
    return new Hgn(TinyModel.spec(2, 1, kinetic), integrator, JVM, DType.FLOAT64, 21);
  }

  private static int[] times(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static Var clips() {
    return TinyModel.normal(JVM, DType.FLOAT64, 1, 2, 8, 8, 2);
  }

  private static Var noise() {
    return TinyModel.normal(JVM, DType.FLOAT64, 2, 2, 8, 8, 3);
  }

  @Test
  void framesFollowInTimeThenSample() {
    try (Hgn model = model(new Leapfrog(), true)) {
      Hgn.Output output = model.forward(clips(), noise(), times(3), DT);
      assertEquals(Shape.of(6, 8, 8, 1), output.frames().shape());
      assertEquals(3, output.states().size());
      PhaseState start = model.transformer().apply(output.posterior().sample(noise()));
      assertArrayEquals(start.q().value().toDoubles(), values(output.states().get(0).q()));
      for (int t = 0; t < 3; t++) {
        double[] decoded = values(model.decoder().apply(output.states().get(t).q()));
        assertArrayEquals(
            decoded, output.frames().value().rows(2 * t, 2).toDoubles(), 1e-14, "frame " + t);
      }
      List<PhaseState> states = output.states();
      assertNotEquals(values(states.get(0).q())[0], values(states.get(1).q())[0]);
    }
  }

  @Test
  void onlyTheFramesAskedForAreDecoded() {
    try (Hgn model = model(new Leapfrog(), true)) {
      Hgn.Output all = model.forward(clips(), noise(), times(5), DT);
      Hgn.Output some = model.forward(clips(), noise(), new int[] {1, 3}, DT);
      assertEquals(Shape.of(4, 8, 8, 1), some.frames().shape());
      assertEquals(4, some.states().size(), "nothing after the last is integrated");
      assertArrayEquals(
          all.frames().value().rows(2, 2).toDoubles(),
          some.frames().value().rows(0, 2).toDoubles());
      assertArrayEquals(
          all.frames().value().rows(6, 2).toDoubles(),
          some.frames().value().rows(2, 2).toDoubles());
    }
  }

  @Test
  void withoutNoiseZIsTheMean() {
    try (Hgn model = model(new Leapfrog(), true)) {
      Hgn.Output output = model.forward(clips(), null, times(1), DT);
      PhaseState start = model.transformer().apply(model.encoder().apply(clips()).mean());
      assertArrayEquals(values(start.q()), values(output.states().get(0).q()));
      assertArrayEquals(values(start.p()), values(output.states().get(0).p()));
      assertEquals(Shape.of(2, 8, 8, 1), output.frames().shape());
    }
  }

  @Test
  void theSeedAloneDeterminesTheModel() {
    try (Hgn model = model(new Leapfrog(), true);
        Hgn same = model(new Leapfrog(), false)) {
      for (Parameter parameter : model.parameters().all()) {
        assertArrayEquals(
            parameter.value().toDoubles(),
            same.parameters().get(parameter.name()).value().toDoubles());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void framesAreDifferentiableTwiceByClipsAndNoise(Integrator integrator) {
    try (Hgn model = model(integrator, true)) {
      GradCheck.Function frames = x -> model.forward(x.get(0), x.get(1), times(3), DT).frames();
      GradCheck.check(
          "hgn " + integrator.name(), frames, List.of(clips().value(), noise().value()));
      assertTrue(Tape.isRecording());
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void theGradientByEveryParameterIsThatOfADifferenceQuotient(Integrator integrator) {
    try (Hgn model = model(integrator, false)) {
      // an unscaled network hardly moves the state; the measured effect should not be small
      for (Parameter parameter : model.parameters().all()) {
        if (parameter.name().startsWith("hamiltonian")) {
          double[] larger = parameter.value().toDoubles();
          parameter.value().set(Arrays.stream(larger).map(v -> 3 * v).toArray());
        }
      }
      ParameterCheck.check(model.parameters(), () -> loss(model), Set.of());
    }
  }

  private static Var loss(Hgn model) {
    Hgn.Output output = model.forward(clips(), noise(), times(3), 0.5);
    Var weights = TinyModel.normal(JVM, DType.FLOAT64, 3, 6, 8, 8, 1);
    Var error = Reductions.sum(Arithmetic.mul(output.frames(), weights));
    return Arithmetic.add(error, output.posterior().divergence());
  }

  @Test
  void timeRunsBackwardToTheStartWhereTheEnergyIsSeparable() {
    try (Hgn model = model(new Leapfrog(), true);
        Tape.Mode off = Tape.pause()) {
      blindToMomenta(model);
      PhaseState start = model.transformer().apply(model.encoder().apply(clips()).mean());
      List<PhaseState> there = model.rollout(start, 21, DT);
      PhaseState end = there.get(20);
      assertTrue(distance(start.q(), end.q()) > 0.1, "it moved");
      List<PhaseState> back = model.rollout(end, 21, -DT);
      for (int t = 0; t <= 20; t++) {
        assertEquals(0, distance(there.get(20 - t).q(), back.get(t).q()), 1e-12);
        assertEquals(0, distance(there.get(20 - t).p(), back.get(t).p()), 1e-12);
      }
    }
  }

  /** Makes the energy |p|^2/2 + V(q): the first layer's weights of the momenta become zero. */
  private static void blindToMomenta(Hgn model) {
    Parameter first = model.parameters().get("hamiltonian.0.weight");
    double[] weights = first.value().toDoubles();
    int outputs = first.shape().dim(3);
    int inputs = first.shape().dim(2);
    for (int i = 0; i < weights.length; i++) {
      if (i / outputs % inputs >= inputs / 2) {
        weights[i] = 0;
      } else {
        weights[i] *= 10; // a force that bends the motion
      }
    }
    first.value().set(weights);
  }

  private static double distance(Var a, Var b) {
    double[] x = values(a);
    double[] y = values(b);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }

  private static double[] values(Var x) {
    return x.value().toDoubles();
  }

  @Test
  void closingFreesEveryParameter() {
    long blocks = JVM.pool().liveBlocks();
    Hgn model = model(new Leapfrog(), true);
    assertSame(arena, Arena.current());
    int constants = model.spec().decoder().size(); // one per block, see UpsampledConv2d
    assertEquals(blocks + model.parameters().all().size() + constants, JVM.pool().liveBlocks());
    assertEquals(0, arena.size());
    model.close();
    assertEquals(blocks, JVM.pool().liveBlocks());
  }
}
