package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.HamiltonianFlow;
import hgn.dynamics.Leapfrog;
import hgn.dynamics.PhaseState;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.testing.backends.RunningBackends;
import hgn.testing.models.TinyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A separable energy as one block-diagonal network in a backend's kernel, compared with single
 * operations.
 */
class KernelFormTest {
  private static final String SWITCH = "hgn.fused";

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theKernelsRolloutIsTheComposedOne(Backend backend) {
    assumeTrue(backend.rollouts().isPresent(), "there is a kernel");
    HgnSpec spec =
        Presets.withPhase("quick", 2, BaseEnergy.OSCILLATOR, 1, new VectorPhase(3, Angles.NONE))
            .with(DynamicsKind.SEPARABLE);
    try (Arena arena = Arena.open("test");
        Parameters parameters = new Parameters(backend, DType.FLOAT32)) {
      var energy = new SeparableHamiltonian(parameters, new Init(5), spec);
      HamiltonianFlow flow = new HamiltonianFlow(energy, new Leapfrog());
      PhaseState start = start(backend);
      assertEquals(Optional.empty(), flow.whyNotFused(start, 6, 0.125));
      List<double[]> fused = rollout(flow, start, parameters);
      System.setProperty(SWITCH, "false");
      try {
        List<double[]> composed = rollout(flow, start, parameters);
        assertEquals(composed.size(), fused.size());
        for (int i = 0; i < fused.size(); i++) {
          assertArrayEquals(composed.get(i), fused.get(i), 2e-5, "of tensor " + i);
        }
      } finally {
        System.clearProperty(SWITCH);
      }
    }
  }

  private static PhaseState start(Backend backend) {
    return new PhaseState(
        TinyModel.normal(backend, DType.FLOAT32, 1, 4, 1, 1, 3),
        TinyModel.normal(backend, DType.FLOAT32, 2, 4, 1, 1, 3));
  }

  /** All states, and the gradients of their sum of squares with respect to all parameters. */
  private static List<double[]> rollout(
      HamiltonianFlow flow, PhaseState start, Parameters parameters) {
    List<double[]> all = new ArrayList<>();
    Var sum = null;
    for (PhaseState state : flow.rollout(start, 6, 0.125)) {
      all.add(state.q().value().toDoubles());
      all.add(state.p().value().toDoubles());
      Var term = Reductions.sum(Arithmetic.mul(state.q(), Arithmetic.add(state.q(), state.p())));
      sum = sum == null ? term : Arithmetic.add(sum, term);
    }
    for (Var gradient : Gradients.orZero(Arithmetic.scale(sum, 0.01), parameters.vars(), false)) {
      all.add(gradient.value().toDoubles());
    }
    return all;
  }
}
