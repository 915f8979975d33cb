package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.GroundTruth;
import hgn.physics.Pendulum;
import hgn.physics.PhasePath;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

/** Rotating and swinging pendulums, with canonical and other latents. */
class SyMetricAnglesTest {
  private static final int TRAJECTORIES = 48;
  private static final int POINTS = 10;
  private static final boolean[] ANGLE = {true};

  /** States (q, p) at every third frame, with unwrapped q. */
  private static double[][][] pendulums(double least, double most) {
    RandomDataGenerator random = new RandomDataGenerator(8);
    GroundTruth truth = new GroundTruth();
    double[][][] states = new double[TRAJECTORIES][POINTS][];
    for (double[][] trajectory : states) {
      double radius = random.nextUniform(least, most);
      double turned = random.nextUniform(0, 2 * Math.PI);
      double[] start = {radius * Math.cos(turned), radius * Math.sin(turned)};
      PhasePath path = truth.of(new Pendulum(), 0, start, 3 * POINTS, 0.125);
      for (int i = 0; i < POINTS; i++) {
        trajectory[i] = path.state(3 * i);
      }
    }
    return states;
  }

  private static double[][][] turning() {
    return pendulums(1.3, 2.3);
  }

  private static double[][][] swinging() {
    return pendulums(0.2, 0.8);
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

  /**
   * The bob's position and its momentum along a circle of radius 2: x = 2 sin q, y = 2 cos q, p = y
   * p_x - x p_y, the cotangent lift of the embedding.
   */
  private static double[] embedded(double[] s) {
    double cos = Math.cos(s[0]);
    double sin = Math.sin(s[0]);
    return new double[] {2 * sin, 2 * cos, s[1] * cos / 2, -s[1] * sin / 2};
  }

  /** A matrix with determinant 1. */
  private static double[] canonical(double[] s) {
    return new double[] {0.8 * s[0] + 0.3 * s[1], 1.1 * s[1] - 0.4 * s[0]};
  }

  private static SyMetric measured(double[][][] states, UnaryOperator<double[]> latents) {
    return SyMetric.of(map(states, latents), states, ANGLE);
  }

  private static void assertCanonical(double[][][] states, UnaryOperator<double[]> latents) {
    SyMetric found = measured(states, latents);
    assertEquals(1, found.value(), found::toString);
    assertTrue(found.determination() > 0.98 && found.symplecticity() < 1e-3, found::toString);
  }

  private static void assertKnownButNotCanonical(UnaryOperator<double[]> latents) {
    SyMetric found = measured(turning(), latents);
    assertEquals(0, found.value(), found::toString);
    assertTrue(found.determination() > SyMetric.ENOUGH, found::toString);
  }

  @Test
  void pendulumsOfTheDataTurnOver() {
    double furthest =
        Arrays.stream(turning())
            .flatMap(Arrays::stream)
            .mapToDouble(s -> Math.abs(s[0]))
            .max()
            .orElseThrow();
    assertTrue(furthest > 2 * Math.PI, "up to " + furthest + " rad");
  }

  @Test
  void isOneForTheTruthItself() {
    assertCanonical(turning(), s -> s);
    assertCanonical(swinging(), s -> s);
  }

  @Test
  void isOneForACanonicalLinearMap() {
    assertCanonical(turning(), SyMetricAnglesTest::canonical);
    assertCanonical(swinging(), SyMetricAnglesTest::canonical);
  }

  @Test
  void isOneForThePlaceInThePlaneWithItsMomentum() {
    assertCanonical(turning(), SyMetricAnglesTest::embedded);
    assertCanonical(swinging(), SyMetricAnglesTest::embedded);
  }

  @Test
  void theAngleAsANumberCapsTheFit() {
    SyMetric number = SyMetric.of(map(turning(), SyMetricAnglesTest::embedded), turning());
    assertTrue(number.determination() < SyMetric.ENOUGH, number::toString);
  }

  @Test
  void isZeroForAPlaceWhoseMomentumIsNoneOfTheCircle() {
    assertKnownButNotCanonical(
        s -> new double[] {2 * Math.sin(s[0]), 2 * Math.cos(s[0]), s[1], s[1]});
  }

  @Test
  void isZeroWhereTheMomentumDependsOnTheHeight() {
    assertKnownButNotCanonical(
        s -> {
          double[] latent = embedded(s);
          double factor = 1 + 0.6 * Math.cos(s[0]);
          return new double[] {latent[0], latent[1], factor * latent[2], factor * latent[3]};
        });
  }

  @Test
  void isZeroWhereOneMomentumHasAnotherUnit() {
    assertKnownButNotCanonical(
        s -> {
          double[] latent = embedded(s);
          return new double[] {latent[0], latent[1], latent[2], 3 * latent[3]};
        });
  }
}
