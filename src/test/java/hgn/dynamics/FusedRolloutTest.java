package hgn.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.RolloutProgram;
import hgn.testing.backends.NaiveRollout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fused operation, by the formulas of a kernel in float64, compared with the composition. */
class FusedRolloutTest {
  private static final Backend JVM = Backends.get("jvm");

  static List<RolloutCheck.Case> cases() {
    return RolloutCheck.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void statesAndGradientsAreThoseOfTheComposition(RolloutCheck.Case c) {
    RolloutCheck.Outcome whole =
        RolloutCheck.fused(c, JVM, DType.FLOAT64, new NaiveRollout(), Long.MAX_VALUE);
    RolloutCheck.assertClose(RolloutCheck.composed(c), whole, 1e-11);
    assertEquals(c.steps() + 2 + 2 + 2 * c.layers().size(), whole.names().size());
    // one step at a time
    RolloutCheck.Outcome parts = RolloutCheck.fused(c, JVM, DType.FLOAT64, new NaiveRollout(), 1);
    RolloutCheck.assertClose(whole, parts, 1e-12);
  }

  @Test
  void programsThatCannotBeAreExplained() {
    assertThrows(IllegalArgumentException.class, () -> new RolloutProgram.Splitting(List.of()));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new RolloutProgram.Stages(List.of(new RolloutProgram.Stage(0.5, 1))))
            .getMessage();
    assertTrue(message.contains("0.5"), message);
  }
}
