package hgn.floor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.random.PhiloxRandom;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final double[] LOGS = {-1000, -1000 + Math.log(3), Double.NEGATIVE_INFINITY};

  @Test
  void weightsAreScaledAndDoNotUnderflow() {
    double[] weights = Weights.of(LOGS, 1);
    assertArrayEquals(new double[] {0.25, 0.75, 0}, weights, 1e-12);
    assertEquals(1 / (0.0625 + 0.5625), Weights.effective(weights), 1e-12);
    assertEquals(-1000 + Math.log(4.0 / 3), Weights.logMean(LOGS, 1), 1e-10);
    assertEquals(3, Weights.effective(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}), 1e-12);
  }

  /** The count of each index is within one of its expectation. */
  @Test
  void drawingIsSystematic() {
    double[] weights = {0.1, 0, 0.55, 0.35};
    for (int stream = 0; stream < 50; stream++) {
      int[] counts = new int[weights.length];
      for (int index : Weights.drawn(weights, 30, new PhiloxRandom(1, stream))) {
        counts[index]++;
      }
      for (int i = 0; i < counts.length; i++) {
        assertTrue(Math.abs(counts[i] - 30 * weights[i]) < 1, i + ": " + counts[i]);
      }
    }
  }
}
