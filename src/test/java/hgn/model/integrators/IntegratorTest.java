package hgn.model.integrators;

import static hgn.model.integrators.AnalyticHamiltonians.after;
import static hgn.model.integrators.AnalyticHamiltonians.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.GradCheck;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.model.Hamiltonian;
import hgn.model.PhaseState;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, reversibility and symplecticity of the integrators, and their derivatives. */
class IntegratorTest {
  static List<Integrator> all() {
    return Integrators.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void orderIsAsDeclaredWhereTheEnergyIsSeparable(Integrator integrator) {
    double measured = order(AnalyticHamiltonians.PENDULUM, integrator);
    assertEquals(integrator.separableOrder(), measured, 0.15, integrator.name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void orderIsAsDeclaredWhereTheEnergyIsNotSeparable(Integrator integrator) {
    double measured = order(AnalyticHamiltonians.COUPLED, integrator);
    assertEquals(integrator.order(), measured, 0.15, integrator.name());
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
  @ValueSource(strings = {"leapfrog", "yoshida"})
  void symplecticMethodsReturnWhenTimeIsReversed(String name) {
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      Integrator integrator = Integrators.named(name);
      double[] there = after(AnalyticHamiltonians.PENDULUM, integrator, state(0.4, 0.9), 20, 0.125);
      double[] back =
          after(AnalyticHamiltonians.PENDULUM, integrator, state(there[0], there[1]), 20, -0.125);
      assertEquals(0, distance(back, new double[] {0.4, 0.9}), 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void areaIsKeptByTheSymplecticMethodsAlone(Integrator integrator) {
    boolean symplectic = List.of("leapfrog", "yoshida").contains(integrator.name());
    double h = 1e-6;
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      double[] right = oneStep(integrator, 0.4 + h, 0.9);
      double[] left = oneStep(integrator, 0.4 - h, 0.9);
      double[] up = oneStep(integrator, 0.4, 0.9 + h);
      double[] down = oneStep(integrator, 0.4, 0.9 - h);
      double determinant =
          ((right[0] - left[0]) * (up[1] - down[1]) - (right[1] - left[1]) * (up[0] - down[0]))
              / (4 * h * h);
      assertEquals(symplectic, Math.abs(determinant - 1) < 1e-8, "determinant " + determinant);
    }
  }

  private static double[] oneStep(Integrator integrator, double q, double p) {
    return after(AnalyticHamiltonians.PENDULUM, integrator, state(q, p), 1, 0.5);
  }

  @ParameterizedTest
  @MethodSource("all")
  void stepsAreDifferentiableTwice(Integrator integrator) {
    try (Arena arena = Arena.open("test")) {
      Tensor q = Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(1), 0.4);
      Tensor p = Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(1), 0.9);
      GradCheck.Function twoSteps =
          x -> {
            List<PhaseState> states =
                new HamiltonianFlow(AnalyticHamiltonians.COUPLED, integrator)
                    .rollout(new PhaseState(x.get(0), x.get(1)), 3, 0.1);
            return Arithmetic.mul(states.get(2).q(), states.get(2).p());
          };
      GradCheck.check(integrator.name(), twoSteps, List.of(q, p));
      assertEquals(1, q.shape().count());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyStepRecordsAndVisitsTheSameNumberOfNodes(Integrator integrator) {
    try (Arena arena = Arena.open("test")) {
      VectorField field = new VectorField(AnalyticHamiltonians.COUPLED);
      Var q = Var.leaf(state(0.4, 0.9).q().value());
      PhaseState state = new PhaseState(q, state(0.4, 0.9).p());
      state = integrator.step(field, state, 0.1); // p becomes differentiable here
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
      Var slope = field.byQ(start.q(), start.p());
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
  void aRolloutNeedsAState() {
    HamiltonianFlow flow = new HamiltonianFlow(AnalyticHamiltonians.PENDULUM, new Euler());
    assertThrows(IllegalArgumentException.class, () -> flow.rollout(null, 0, 0.1));
  }
}
