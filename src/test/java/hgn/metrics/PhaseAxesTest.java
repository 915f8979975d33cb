package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

class PhaseAxesTest {
  /** States with D = 6 whose q and p lie along one direction, plus a little noise. */
  private static double[][] states(double noise) {
    RandomDataGenerator random = new RandomDataGenerator(3);
    double[][] states = new double[200][12];
    for (double[] state : states) {
      double q = random.nextNormal(0, 1);
      double p = random.nextNormal(0, 1);
      for (int i = 0; i < 6; i++) {
        state[i] = q * (i + 1) + 2 + noise * random.nextNormal(0, 1);
        state[6 + i] = p * (i + 1) * 0.01 + noise * 0.01 * random.nextNormal(0, 1);
      }
    }
    return states;
  }

  @Test
  void areAsManyAsTheMotionHas() {
    PhaseAxes axes = PhaseAxes.of(states(0.01), 0.99, 4);
    assertEquals(1, axes.count());
    assertTrue(axes.explained() > 0.99, "explained " + axes.explained());
  }

  @Test
  void areNoMoreThanAskedFor() {
    PhaseAxes axes = PhaseAxes.of(states(3), 1, 2);
    assertEquals(2, axes.count());
    assertTrue(axes.explained() < 1, "explained " + axes.explained());
  }

  @Test
  void serveMomentaAsPositions() {
    double[][] states = states(0.01);
    PhaseAxes axes = PhaseAxes.of(states, 0.99, 1);
    double[] state = new double[12];
    for (int i = 0; i < 6; i++) {
      state[i] = i + 1;
      state[6 + i] = 3 * (i + 1);
    }
    double[] projected = axes.project(state);
    assertEquals(2, projected.length);
    assertEquals(3 * projected[0], projected[1], 1e-12);
    assertEquals(Math.sqrt(1 + 4 + 9 + 16 + 25 + 36), Math.abs(projected[0]), 1e-3);
  }
}
