package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.Throws;
import hgn.testing.backends.RunningBackends;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnglesTest {
  private static final Backend JVM = Backends.get("jvm");

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static Var row(Backend backend, double... values) {
    Shape shape = Shape.of(1, 1, 1, values.length);
    return Var.constant(Tensor.of(backend, DType.FLOAT32, shape, values));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void networksSeeCosinesAndSinesAndTheRest(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      Var q = row(backend, 0.3, 2, -5);
      double[] seen = new Angles(2).features(q).value().toDoubles();
      double[] expected = {Math.cos(0.3), Math.cos(2), Math.sin(0.3), Math.sin(2), -5};
      assertArrayEquals(expected, seen, 1e-6);
      assertEquals(5, new Angles(2).features(3));
      assertSame(q, Angles.NONE.features(q));
      double[] distances = new Angles(1).squaredDistance(q).value().toDoubles();
      assertArrayEquals(new double[] {2 - 2 * Math.cos(0.3), 4, 25}, distances, 1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aStateIsMadeOfPointsCoordinatesAndMomenta(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      // the point of one angle, one more coordinate, and two momenta
      PhaseState state = new Angles(1).state(row(backend, -2, 2, 7, 8, 9));
      assertArrayEquals(new double[] {3 * Math.PI / 4, 7}, state.q().value().toDoubles(), 1e-6);
      assertArrayEquals(new double[] {8, 9}, state.p().value().toDoubles());
      PhaseState plain = Angles.NONE.state(row(backend, 1, 2, 3, 4));
      assertArrayEquals(new double[] {1, 2}, plain.q().value().toDoubles());
    }
  }

  /** Energy and frames are periodic in the angles. */
  @ParameterizedTest
  @EnumSource(
      value = DynamicsKind.class,
      names = {"JOINT", "SEPARABLE"})
  void aWholeTurnChangesNothing(DynamicsKind dynamics) {
    HgnSpec spec =
        Presets.withPhase("quick", 2, BaseEnergy.OSCILLATOR, 1, new VectorPhase(2, new Angles(1)))
            .with(dynamics);
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(JVM, DType.FLOAT64)) {
      Hamiltonian energy = Hgn.energy(spec, parameters, new Init(3)).orElseThrow();
      Decoder decoder = new Decoder(parameters, new Init(4), spec);
      Var p = doubles(0.4, -0.7);
      Var q = doubles(0.9, 0.2);
      Var turned = Arithmetic.add(q, doubles(2 * Math.PI, 0));
      assertEquals(energy.energy(q, p).item(), energy.energy(turned, p).item(), 1e-12);
      assertArrayEquals(
          decoder.apply(q).value().toDoubles(), decoder.apply(turned).value().toDoubles(), 1e-12);
      Var other = Arithmetic.add(q, doubles(0, 2 * Math.PI));
      assertTrue(Math.abs(energy.energy(q, p).item() - energy.energy(other, p).item()) > 1e-3);
    }
  }

  private static Var doubles(double... values) {
    return Var.constant(Tensor.of(JVM, DType.FLOAT64, Shape.of(1, 1, 1, values.length), values));
  }

  @Test
  void theKernelIsToldWhyItCannotTakeThem() {
    Backend backend = Backends.fastest();
    HgnSpec spec =
        Presets.withPhase("quick", 2, BaseEnergy.OSCILLATOR, 1, new VectorPhase(1, new Angles(1)))
            .with(DynamicsKind.SEPARABLE);
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      Hamiltonian energy = Hgn.energy(spec, parameters, new Init(3)).orElseThrow();
      Var q = row(backend, 0.5);
      String why =
          new HamiltonianFlow(energy, new Leapfrog())
              .whyNotFused(new PhaseState(q, q), 3, 0.1)
              .orElseThrow();
      assertTrue(why.matches(".*(cosine and sine|no rollout kernel).*"), why);
    }
  }

  @Test
  void thereCannotBeMoreThanNumbersOfQ() {
    Throws.naming(IllegalArgumentException.class, () -> new Angles(-1), "[model]");
    Throws.naming(
        IllegalArgumentException.class,
        () ->
            Presets.withPhase("quick", 2, BaseEnergy.KINETIC, 1, new VectorPhase(1, new Angles(2))),
        "2 coordinates",
        "ask for fewer");
    Throws.naming(
        IllegalArgumentException.class,
        () -> Presets.withPhase("paper", 2, BaseEnergy.KINETIC, 1, new VectorPhase(1, Angles.NONE)),
        "paper",
        "use quick");
    assertEquals(
        4,
        Presets.withPhase("quick", 2, BaseEnergy.NONE, 1, new VectorPhase(1, new Angles(1)))
            .latent());
    assertEquals(
        List.of(32, 32, 16),
        Presets.withPhase("quick", 2, BaseEnergy.NONE, 1, new VectorPhase(1, Angles.NONE))
            .decoder());
  }
}
