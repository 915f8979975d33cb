package hgn.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.floor.likelihood.ClipLikelihood;
import hgn.floor.likelihood.Likelihoods;
import hgn.floor.likelihood.Normal;
import hgn.floor.likelihood.Observation;
import hgn.physics.MassSpring;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.testing.FloorCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Motions given a clip, for cases with a known posterior. */
class PosteriorSamplerTest {
  private static final int FRAMES = 12;
  private static final double OMEGA = 2;
  private static final PhysicalSystem SPRING = new MassSpring();

  /**
   * q_t = q0 cos wt + p0 sin wt, since m w = 1, observed with noise: the posterior of the state is
   * normal with mean (A'A)^-1 A'z and covariance sigma^2 (A'A)^-1, where A has the rows (cos wt,
   * sin wt). The prior's factor 1 / r is nearly constant within the posterior if the noise is
   * small.
   */
  @Test
  void aLinearMotionIsNormal() {
    double sigma = 0.02;
    FloorSettings settings = settings("smooth", sigma, Clip.all(FRAMES), 1600);
    PhasePath drawn = drawn(settings, sigma);
    double[] moments = moments(posterior(settings, drawn), 0, 6);

    double[][] a = new double[2][2];
    double[] b = new double[2];
    for (int t = 0; t < FRAMES; t++) {
      double[] row = row(t);
      for (int i = 0; i < 2; i++) {
        b[i] += row[i] * drawn.q(t, 0);
        for (int j = 0; j < 2; j++) {
          a[i][j] += row[i] * row[j];
        }
      }
    }
    double determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
    double[][] inverse = {
      {a[1][1] / determinant, -a[0][1] / determinant},
      {-a[1][0] / determinant, a[0][0] / determinant}
    };
    double[] state = {
      inverse[0][0] * b[0] + inverse[0][1] * b[1], inverse[1][0] * b[0] + inverse[1][1] * b[1]
    };
    double[] expected = {
      dot(row(0), state),
      dot(row(6), state),
      sigma * sigma * quadratic(row(0), inverse, row(0)),
      sigma * sigma * quadratic(row(0), inverse, row(6)),
      sigma * sigma * quadratic(row(6), inverse, row(6))
    };
    assertMoments(expected, moments);
  }

  private static double[] row(int t) {
    double phase = OMEGA * FloorCase.DT * t;
    return new double[] {Math.cos(phase), Math.sin(phase)};
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1];
  }

  private static double quadratic(double[] a, double[][] m, double[] b) {
    return dot(a, new double[] {dot(m[0], b), dot(m[1], b)});
  }

  /**
   * Compares two noisy frames of whole pixels with a fine table over all radii and angles: the
   * prior matters, and a pixel is wider than the noise.
   */
  @Test
  void whatPixelsLeaveOpenIsThatOfATableOfAllStates() {
    double sigma = 0.05;
    int seen = 2;
    FloorSettings settings = settings("published", sigma, new Clip(seen, 0, 7), 3200);
    PhasePath drawn = drawn(settings, sigma);
    double[] moments = moments(posterior(settings, drawn), 0, 6);

    double[] sum = new double[5];
    double total = 0;
    int cells = 1200;
    for (int i = 0; i < cells; i++) {
      double r = 0.1 + 0.9 * (i + 0.5) / cells;
      for (int j = 0; j < cells; j++) {
        double angle = 2 * Math.PI * (j + 0.5) / cells;
        double[] state = {r * Math.cos(angle), r * Math.sin(angle)};
        double log = 0;
        for (int t = 0; t < seen; t++) {
          double pixel = (int) (32 * (drawn.q(t, 0) + 2) / 4);
          double low = pixel / 8 - 2;
          double q = dot(row(t), state);
          log += Normal.logBetween((low - q) / sigma, (low + 0.125 - q) / sigma);
        }
        double weight = Math.exp(log);
        double first = dot(row(0), state);
        double last = dot(row(6), state);
        total += weight;
        sum[0] += weight * first;
        sum[1] += weight * last;
        sum[2] += weight * first * first;
        sum[3] += weight * first * last;
        sum[4] += weight * last * last;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= total;
    }
    double[] expected = {
      sum[0], sum[1], sum[2] - sum[0] * sum[0], sum[3] - sum[0] * sum[1], sum[4] - sum[1] * sum[1]
    };
    assertMoments(expected, moments);
  }

  private static FloorSettings settings(String renderer, double sigma, Clip clip, int particles) {
    return new FloorSettings(
        FloorCase.rollouts(SPRING, renderer, FRAMES), clip, sigma, 1, particles, 8);
  }

  private static PhasePath drawn(FloorSettings settings, double sigma) {
    return settings.rollouts().path(3).withNoise(Draws.NOISE.of(9, 9), sigma);
  }

  private static Posterior posterior(FloorSettings settings, PhasePath drawn) {
    Prior prior = new Prior(SPRING, 1, 10);
    List<double[]> probes = new ArrayList<>();
    for (double[] q : FloorCase.coordinates(settings.rollouts(), 20)) {
      probes.add(q);
    }
    Observation view = new Observation(SPRING, settings.rollouts().renderer(), probes);
    ClipLikelihood clip =
        new Likelihoods(view, probes, settings.sigma()).of(drawn, settings.clip().framesIn());
    Motions motions = new Motions(SPRING, FloorCase.DT, settings.sigma());
    Posterior posterior = new PosteriorSampler(settings, prior, motions).sample(0, clip);
    assertTrue(
        posterior.effective() > settings.particles() / 8.0, "effective " + posterior.effective());
    return posterior;
  }

  /** Means, variance, covariance and variance of q at two frames. */
  private static double[] moments(Posterior posterior, int s, int t) {
    double[] m = new double[5];
    for (int i = 0; i < posterior.weights().length; i++) {
      double weight = posterior.weights()[i];
      m[0] += weight * posterior.paths()[i][s];
      m[1] += weight * posterior.paths()[i][t];
    }
    for (int i = 0; i < posterior.weights().length; i++) {
      double weight = posterior.weights()[i];
      double a = posterior.paths()[i][s] - m[0];
      double b = posterior.paths()[i][t] - m[1];
      m[2] += weight * a * a;
      m[3] += weight * a * b;
      m[4] += weight * b * b;
    }
    return m;
  }

  /** Tolerance: a fifth of a standard deviation for means, a quarter for covariances. */
  private static void assertMoments(double[] expected, double[] found) {
    double first = Math.sqrt(expected[2]);
    double second = Math.sqrt(expected[4]);
    assertEquals(expected[0], found[0], 0.2 * first, "mean of the first");
    assertEquals(expected[1], found[1], 0.2 * second, "mean of the second");
    assertEquals(1, found[2] / expected[2], 0.25, "variance of the first");
    assertEquals(expected[3], found[3], 0.25 * first * second, "covariance");
    assertEquals(1, found[4] / expected[4], 0.25, "variance of the second");
  }
}
