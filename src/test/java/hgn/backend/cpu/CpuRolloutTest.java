package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import hgn.dynamics.Leapfrog;
import hgn.dynamics.RolloutCheck;
import hgn.model.BaseEnergy;
import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import java.util.List;

/** The native rollout against the composition of single operations in float64. */
class CpuRolloutTest {
  private static final double TOLERANCE = 2e-5;

  private static void check(Backend cpu, RolloutCheck.Case c) {
    RolloutCheck.Outcome expected = RolloutCheck.composed(c);
    CpuRollout kernel = new CpuRollout();
    RolloutCheck.Outcome whole = RolloutCheck.fused(c, cpu, DType.FLOAT32, kernel, Long.MAX_VALUE);
    RolloutCheck.assertClose(expected, whole, TOLERANCE);
    RolloutCheck.Outcome again = RolloutCheck.fused(c, cpu, DType.FLOAT32, kernel, Long.MAX_VALUE);
    for (int k = 0; k < whole.values().size(); k++) {
      assertArrayEquals(whole.values().get(k), again.values().get(k), c + ": made again");
    }
    RolloutCheck.Outcome parts = RolloutCheck.fused(c, cpu, DType.FLOAT32, kernel, 1);
    RolloutCheck.assertClose(expected, parts, TOLERANCE);
  }

  @EverySetup
  void statesAndGradientsAreThoseOfTheComposition(Setup setup) {
    setup.run(cpu -> RolloutCheck.cases().forEach(c -> check(cpu, c)));
  }

  @EverySetup
  void thePresetsAreRight(Setup setup) {
    setup.run(cpu -> RolloutCheck.presets(5, 1).forEach(c -> check(cpu, c)));
  }

  @EverySetup
  void manySamplesAreSharedOutAmongThreads(Setup setup) {
    var layers = RolloutCheck.published(6, 9, Activation.SOFTPLUS);
    for (int batch : List.of(4, 9, 19)) {
      RolloutCheck.Case c =
          new RolloutCheck.Case(
              "many", 4, 3, layers, BaseEnergy.KINETIC, new Leapfrog(), batch, 2, 0.2);
      setup.run(cpu -> check(cpu, c));
    }
  }
}
