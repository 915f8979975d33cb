package hgn.dynamics;

import static hgn.testing.AnalyticHamiltonians.after;
import static hgn.testing.AnalyticHamiltonians.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.AnalyticHamiltonians;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of each integrator and its derivatives; VerifierTest has the other properties. */
class IntegratorTest {
  static List<Integrator> all() {
    return Integrators.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void orderIsAsDeclaredWhereTheEnergyIsSeparable(Integrator integrator) {
    double measured = order(AnalyticHamiltonians.PENDULUM, integrator);
    assertEquals(integrator.traits().separableOrder(), measured, 0.15, integrator.name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void orderIsAsDeclaredWhereTheEnergyIsNotSeparable(Integrator integrator) {
    double measured = order(AnalyticHamiltonians.COUPLED, integrator);
    assertEquals(integrator.traits().order(), measured, 0.15, integrator.name());
  }

  /** log2 of the ratio of errors at dt and dt/2, after time 1/2. */
  private static double order(Hamiltonian hamiltonian, Integrator integrator) {
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      PhaseState start = state(0.4, 0.9);
      double[] exact = after(hamiltonian, new RungeKutta4(), start, 2048, 0.5 / 2048);
      double coarse = distance(after(hamiltonian, integrator, start, 32, 0.5 / 32), exact);
      double fine = distance(after(hamiltonian, integrator, start, 64, 0.5 / 64), exact);
      return Math.log(coarse / fine) / Math.log(2);
    }
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"published-leapfrog", "published-yoshida"})
  void publishedMethodsFollowAnEnergyWhoseVelocityIsItsMomentum(String name) {
    int expected = name.equals("published-leapfrog") ? 2 : 4;
    double measured = order(AnalyticHamiltonians.UNIT_PENDULUM, Integrators.named(name));
    assertEquals(expected, measured, 0.15);
  }

  @ParameterizedTest
  @MethodSource("all")
  void rolloutsAreDifferentiableTwiceByStateAndParameters(Integrator integrator) {
    try (Arena arena = Arena.open("test")) {
      Tensor q = Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(2), 0.4, -0.2);
      Tensor p = Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(2), 0.9, 0.3);
      Tensor weight = Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(1), 1.3);
      GradCheck.Function twoSteps =
          x -> {
            List<PhaseState> states =
                new HamiltonianFlow(AnalyticHamiltonians.coupled(x.get(2)), integrator)
                    .rollout(new PhaseState(x.get(0), x.get(1)), 3, 0.1);
            return Arithmetic.mul(states.get(2).q(), states.get(2).p());
          };
      GradCheck.check(integrator.name(), twoSteps, List.of(q, p, weight));
    }
  }

  static List<Integrator> explicit() {
    return Integrators.all().stream()
        .filter(integrator -> !(integrator instanceof ImplicitIntegrator))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("explicit")
  void everyStepRecordsAndVisitsTheSameNumberOfNodes(Integrator integrator) {
    try (Arena arena = Arena.open("test")) {
      VectorField field = new VectorField(AnalyticHamiltonians.COUPLED);
      Var q = Var.leaf(state(0.4, 0.9).q().value());
      PhaseState state = new PhaseState(q, state(0.4, 0.9).p());
      state = integrator.step(field, integrator.embed(state), 0.1); // p becomes differentiable
      long[] recorded = new long[10];
      long[] visited = new long[10];
      for (int i = 0; i < 10; i++) {
        long nodes = Tape.recordedNodes();
        long visits = Tape.visitedNodes();
        state = integrator.step(field, state, 0.1);
        recorded[i] = Tape.recordedNodes() - nodes;
        visited[i] = Tape.visitedNodes() - visits;
        assertTrue(recorded[i] > 0 && visited[i] > 0);
        assertEquals(recorded[0], recorded[i], "recorded in step " + i);
        assertEquals(visited[0], visited[i], "visited in step " + i);
      }
    }
  }

  @Test
  void withoutRecordingAStepLeavesNothingButItsResult() {
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      VectorField field = new VectorField(AnalyticHamiltonians.COUPLED);
      PhaseState start = state(0.4, 0.9);
      int before = arena.size();
      Var slope = field.dHdq(start.q(), start.p());
      assertEquals(before + 1, arena.size());
      assertEquals(0.4 * (0.81 + 1), slope.item(), 1e-15);
    }
  }

  @Test
  void namesAreFoundAndUnknownOnesExplained() {
    assertSame(Integrators.all().get(0), Integrators.named("euler"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Integrators.named("verlet"))
            .getMessage();
    assertTrue(message.contains("'verlet'") && message.contains("leapfrog"), message);
  }

  @Test
  void anImplicitStepThatDoesNotConvergeNamesStepResidualAndRemedy() {
    for (Integrator integrator : List.of(new ImplicitMidpoint(), new StormerVerlet())) {
      try (Arena arena = Arena.open("test")) {
        HamiltonianFlow flow = new HamiltonianFlow(AnalyticHamiltonians.COUPLED, integrator);
        String message =
            assertThrows(ImplicitStepException.class, () -> flow.rollout(state(0.4, 2), 6, 5))
                .getMessage();
        String where = "[" + integrator.name() + "] step 1 of 5, dt 5.0: iteration ";
        assertTrue(message.startsWith(where), message);
        assertTrue(message.contains("still moved the solution by "), message);
        assertTrue(message.contains("smaller dt, or more iterations with -D"), message);
      }
    }
  }

  @Test
  void methodsThatNoKernelComputesSayWhy() {
    for (Integrator integrator : Integrators.all()) {
      assertEquals(
          integrator instanceof KernelIntegrator,
          integrator.whyNotFused().isEmpty(),
          integrator.name());
    }
    assertThrows(IllegalArgumentException.class, () -> new Tao(0));
  }

  @Test
  void aRolloutNeedsAState() {
    HamiltonianFlow flow = new HamiltonianFlow(AnalyticHamiltonians.PENDULUM, new Euler());
    assertThrows(IllegalArgumentException.class, () -> flow.rollout(null, 0, 0.1));
  }
}
