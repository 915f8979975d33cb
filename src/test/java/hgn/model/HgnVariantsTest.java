package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.models.ParameterCheck;
import hgn.testing.models.TinyModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HGN without f_psi, with a separable energy, and with direct dynamics, in double precision. */
class HgnVariantsTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final double DT = 0.25;

  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  static List<HgnSpec> variants() {
    HgnSpec whole = TinyModel.spec(2, 1, true);
    HgnSpec small = TinyModel.withoutTransformer(2, 1);
    return List.of(
        small,
        whole.with(DynamicsKind.SEPARABLE),
        whole.with(DynamicsKind.DIRECT),
        small.with(DynamicsKind.DIRECT));
  }

  static List<Integrator> integrators() {
    return Integrators.all();
  }

  private static Hgn model(HgnSpec spec, Integrator integrator) {
    return new Hgn(spec, integrator, JVM, DType.FLOAT64, 21);
  }

  private static Var normal(long stream, int... dims) {
    return TinyModel.normal(JVM, DType.FLOAT64, stream, dims);
  }

  private static Var clips() {
    return normal(1, 2, 8, 8, 2);
  }

  private static Var noise(HgnSpec spec) {
    return normal(2, 2, spec.latentSize(), spec.latentSize(), spec.latent());
  }

  private static Hgn.Output forward(Hgn model, Var clips, Var noise) {
    return model.forward(clips, noise, new int[] {0, 1, 2}, DT);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void framesAreDifferentiableTwiceByClipsAndNoise(HgnSpec spec) {
    try (Hgn model = model(spec, new Leapfrog())) {
      GradCheck.check(
          "variant",
          x -> forward(model, x.get(0), x.get(1)).frames(),
          List.of(clips().value(), noise(spec).value()));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theGradientByEveryParameterIsThatOfADifferenceQuotient(HgnSpec spec) {
    try (Hgn model = model(spec, new Leapfrog())) {
      Var weights = normal(3, 6, 8, 8, 1);
      ParameterCheck.check(
          model.parameters(),
          () -> {
            Hgn.Output output = forward(model, clips(), noise(spec));
            Var error = Reductions.sum(Arithmetic.mul(output.frames(), weights));
            return Arithmetic.add(error, output.posterior().divergence());
          },
          Set.of());
    }
  }

  @Test
  void withoutATransformerZItselfIsTheState() {
    HgnSpec spec = TinyModel.withoutTransformer(2, 1);
    try (Hgn model = model(spec, new Leapfrog())) {
      Hgn.Output output = forward(model, clips(), null);
      double[] z = output.posterior().mean().value().toDoubles();
      double[] q = output.states().get(0).q().value().toDoubles();
      double[] p = output.states().get(0).p().value().toDoubles();
      assertEquals(Shape.of(2, 4, 4, 4), output.posterior().mean().shape());
      for (int i = 0; i < q.length; i++) {
        int pixel = i / 2 * 4;
        assertEquals(z[pixel + i % 2], q[i]);
        assertEquals(z[pixel + 2 + i % 2], p[i]);
      }
      assertTrue(
          model.parameters().all().stream().noneMatch(x -> x.name().startsWith("transformer")));
    }
  }

  @ParameterizedTest
  @CsvSource({"quick, 16, 8", "published, 32, 16", "paper, 64, 32"})
  void everyPresetHasAnEncoderThatMakesTheState(String preset, int latent, int channels) {
    HgnSpec spec = Presets.withoutTransformer(preset, 5, BaseEnergy.KINETIC, 1);
    HgnSpec whole = Presets.named(preset, 5, BaseEnergy.KINETIC, 1);
    assertEquals(latent, spec.latent());
    assertEquals(4, spec.latentSize());
    assertEquals(channels, spec.phaseChannels());
    assertEquals(whole.phaseChannels(), spec.phaseChannels());
    assertEquals(whole.phaseSize(), spec.phaseSize());
    assertEquals(whole.decoder(), spec.decoder());
  }

  @Test
  void theForceOfASeparableEnergyDoesNotSeeTheMomenta() {
    try (Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      HgnSpec spec = TinyModel.spec(2, 1, true).with(DynamicsKind.SEPARABLE);
      VectorField field = new VectorField(new SeparableHamiltonian(parameters, new Init(4), spec));
      Var q = normal(4, 3, 4, 4, 2);
      double[] force = field.dHdq(q, normal(5, 3, 4, 4, 2)).value().toDoubles();
      assertArrayEquals(force, field.dHdq(q, normal(6, 3, 4, 4, 2)).value().toDoubles());
      double[] drift = field.dHdp(normal(7, 3, 4, 4, 2), q).value().toDoubles();
      assertArrayEquals(drift, field.dHdp(normal(8, 3, 4, 4, 2), q).value().toDoubles());
      assertEquals(Shape.of(3, 3, 2, 2), parameters.get("hamiltonian.kinetic.0.weight").shape());
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void everyIntegratorFollowsASeparableEnergy(Integrator integrator) {
    HgnSpec spec = TinyModel.spec(2, 1, true).with(DynamicsKind.SEPARABLE);
    try (Hgn model = model(spec, integrator);
        Tape.Mode off = Tape.pause()) {
      PhaseState start = model.transformer().apply(noise(spec));
      double expected = total(model, start);
      for (PhaseState state : model.rollout(start, 9, 0.01)) {
        assertEquals(expected, total(model, state), 0.02 * Math.abs(expected));
      }
    }
  }

  private static double total(Hgn model, PhaseState state) {
    return Reductions.sum(model.energy().orElseThrow().energy(state.q(), state.p())).item();
  }

  @Test
  void noKernelTakesASeparableEnergyThatIsNoRowOfLayersAndItSaysWhy() {
    Backend backend = Backends.fastest();
    try (Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      HgnSpec spec = TinyModel.spec(2, 1, true).with(DynamicsKind.SEPARABLE);
      Hamiltonian separable = new SeparableHamiltonian(parameters, new Init(4), spec);
      Var q = Var.constant(Tensor.full(backend, DType.FLOAT32, Shape.of(2, 4, 4, 2), 0));
      Optional<String> why =
          new HamiltonianFlow(separable, new Leapfrog()).whyNotFused(new PhaseState(q, q), 3, DT);
      assertTrue(
          why.orElseThrow().matches(".*(no layer of one network|no rollout kernel).*"),
          why.toString());
    }
  }

  @Test
  void directDynamicsStepAlongTheRatesAndHaveNoEnergy() {
    HgnSpec spec = TinyModel.spec(2, 1, true).with(DynamicsKind.DIRECT);
    try (Hgn model = model(spec, new Leapfrog());
        Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      assertTrue(model.energy().isEmpty());
      assertFalse(model.parameters().all().stream().anyMatch(x -> x.name().contains("hamil")));
      DirectDynamics net = new DirectDynamics(parameters, new Init(4), spec);
      PhaseState start = new PhaseState(normal(4, 3, 4, 4, 2), normal(5, 3, 4, 4, 2));
      PhaseState rates = net.rates(start);
      PhaseState next = net.rollout(start, 2, -0.5).get(1);
      double[] q = next.q().value().toDoubles();
      double[] p = next.p().value().toDoubles();
      for (int i = 0; i < q.length; i++) {
        assertEquals(
            start.q().value().toDoubles()[i] - 0.5 * rates.q().value().toDoubles()[i], q[i], 1e-15);
        assertEquals(
            start.p().value().toDoubles()[i] - 0.5 * rates.p().value().toDoubles()[i], p[i], 1e-15);
      }
    }
  }
}
