package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.model.integrators.RolloutCheck;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rollout kernel, on the emulator, against the composition in float64. */
class CudaRolloutTest {
  private static final Backend JVM = Backends.get("jvm");
  private static final double TOLERANCE = 2e-5;

  @BeforeAll
  static void requireEmulator() {
    CudaEmulator.assumeAvailable();
  }

  static List<RolloutCheck.Case> cases() {
    return RolloutCheck.cases();
  }

  private static RolloutCheck.Outcome run(
      RolloutCheck.Case c, RolloutOnEmulator kernel, long partBytes) {
    return RolloutCheck.fused(c, JVM, DType.FLOAT64, kernel, partBytes);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void statesAndGradientsAreThoseOfTheComposition(RolloutCheck.Case c) {
    RolloutCheck.Outcome expected = RolloutCheck.composed(c);
    RolloutOnEmulator kernel = new RolloutOnEmulator(132, RolloutOnEmulator.sharedBytes());
    RolloutCheck.Outcome whole = run(c, kernel, Long.MAX_VALUE);
    RolloutCheck.assertClose(expected, whole, TOLERANCE);
    RolloutCheck.Outcome again = run(c, kernel, Long.MAX_VALUE);
    assertEquals(whole.names().size(), again.names().size());
    for (int i = 0; i < whole.names().size(); i++) {
      assertArrayEquals(whole.values().get(i), again.values().get(i), whole.names().get(i));
    }
    RolloutCheck.assertClose(expected, run(c, kernel, 1), TOLERANCE);
  }
}
