package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

class SyMetricTest {
  private static final int TRAJECTORIES = 30;
  private static final int POINTS = 10;

  /** Motions of two independent oscillators of frequency 1 and 1.3, as (q1, q2, p1, p2). */
  private static double[][][] oscillators() {
    RandomDataGenerator random = new RandomDataGenerator(5);
    double[][][] states = new double[TRAJECTORIES][POINTS][];
    for (double[][] trajectory : states) {
      double a = random.nextUniform(0.2, 1);
      double b = random.nextUniform(0.2, 1);
      double start = random.nextUniform(0, 6);
      double other = random.nextUniform(0, 6);
      for (int i = 0; i < POINTS; i++) {
        double one = start + 0.4 * i;
        double two = other + 0.52 * i;
        trajectory[i] =
            new double[] {
              a * Math.cos(one), b * Math.cos(two), -a * Math.sin(one), -b * Math.sin(two)
            };
      }
    }
    return states;
  }

  private static double[][][] map(double[][][] states, UnaryOperator<double[]> f) {
    double[][][] mapped = new double[states.length][POINTS][];
    for (int n = 0; n < states.length; n++) {
      for (int i = 0; i < POINTS; i++) {
        mapped[n][i] = f.apply(states[n][i]);
      }
    }
    return mapped;
  }

  @Test
  void isOneForARotationOfPhaseSpace() {
    double[][][] latents =
        map(
            oscillators(),
            s -> new double[] {0.8 * s[0] + 0.6 * s[2], s[1], 0.8 * s[2] - 0.6 * s[0], s[3]});
    SyMetric found = SyMetric.of(latents, oscillators());
    assertEquals(1, found.order());
    assertTrue(found.determination() > 0.98, "R^2 " + found.determination());
    assertTrue(found.symplecticity() < 0.02, "Sym " + found.symplecticity());
    assertEquals(1, found.value());
  }

  @Test
  void isOneForAShearThatNeedsPolynomials() {
    double[][][] latents =
        map(oscillators(), s -> new double[] {s[0], s[1], s[2] + 2 * s[0] * s[0] * s[0], s[3]});
    SyMetric found = SyMetric.of(latents, oscillators());
    assertTrue(found.order() >= 1 && found.determination() > 0.9, found.toString());
    assertTrue(found.symplecticity() < 0.2, "Sym " + found.symplecticity());
  }

  @Test
  void isZeroWherePositionsAreMixedAndMomentaAreNot() {
    double[][][] latents = map(oscillators(), s -> new double[] {s[0] + s[1], s[1], s[2], s[3]});
    SyMetric found = SyMetric.of(latents, oscillators());
    assertTrue(found.determination() > 0.98, "the map is linear, R^2 " + found.determination());
    assertTrue(found.symplecticity() > SyMetric.CANONICAL, "Sym " + found.symplecticity());
    assertEquals(0, found.value());
  }

  @Test
  void isZeroWhereLatentsKnowNothing() {
    RandomDataGenerator random = new RandomDataGenerator(6);
    double[][][] latents =
        map(oscillators(), s -> new double[] {random.nextNormal(0, 1), random.nextNormal(0, 1)});
    SyMetric found = SyMetric.of(latents, oscillators());
    assertTrue(found.determination() < 0.5, "R^2 " + found.determination());
    assertEquals(0, found.value());
  }

  @Test
  void refusesSetsOfOtherSizes() {
    double[][][] states = oscillators();
    double[][][] fewer = Arrays.copyOf(states, TRAJECTORIES - 1);
    assertThrows(IllegalArgumentException.class, () -> SyMetric.of(fewer, states));
  }
}
