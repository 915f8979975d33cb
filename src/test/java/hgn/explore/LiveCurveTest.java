package hgn.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Curves of long trainings stay short. */
class LiveCurveTest {
  @Test
  void shortOnesAreWhole() {
    LiveCurve curve = new LiveCurve();
    for (int step = 1; step <= 5; step++) {
      curve.add(step, 10 * step, Double.NaN);
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), curve.steps(-1));
    assertEquals(List.of(40.0, 50.0), curve.values(3, 0));
    assertNull(curve.values(4, 1).get(0), "what is no number is null");
  }

  @Test
  void longOnesAreThinnedEvenly() {
    LiveCurve curve = new LiveCurve();
    for (int step = 1; step <= 100_000; step++) {
      curve.add(step, step);
    }
    List<Long> steps = curve.steps(-1);
    assertTrue(steps.size() > 1000 && steps.size() <= 2048, steps.size() + " steps");
    long stride = steps.get(1) - steps.get(0);
    for (int i = 1; i < steps.size(); i++) {
      assertEquals(stride, steps.get(i) - steps.get(i - 1));
      assertEquals((double) steps.get(i), curve.values(-1, 0).get(i));
    }
  }
}
