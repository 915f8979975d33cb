package hgn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.backends.RunningBackends;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PosteriorTest {
  private static final Shape SHAPE = Shape.of(3, 2, 2, 5);
  private static final int COUNT = 60;

  private final double[] mean = new SplittableRandom(1).doubles(COUNT, -2, 2).toArray();
  private final double[] logVariance = new SplittableRandom(2).doubles(COUNT, -3, 2).toArray();

  static List<Backend> backends() {
    return RunningBackends.all();
  }

  private static Var leaf(Backend backend, double... values) {
    return Var.leaf(Tensor.of(backend, DType.FLOAT32, SHAPE, values));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theDivergenceIsThatOfTwoGaussiansAveragedOverTheBatch(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      double expected = 0;
      for (int i = 0; i < COUNT; i++) {
        // KL(N(m, s^2) || N(0, 1)) = ln(1/s) + (s^2 + m^2)/2 - 1/2
        double deviation = Math.exp(logVariance[i] / 2);
        expected += -Math.log(deviation) + (deviation * deviation + mean[i] * mean[i]) / 2 - 0.5;
      }
      Var m = leaf(backend, mean);
      Var v = leaf(backend, logVariance);
      Var divergence = new Posterior(m, v).divergence();
      assertEquals(expected / 3, divergence.item(), 1e-5 * expected);

      List<Var> gradients = Gradients.of(divergence, List.of(m, v), false);
      double[] byMean = gradients.get(0).value().toDoubles();
      double[] byLogVariance = gradients.get(1).value().toDoubles();
      for (int i = 0; i < COUNT; i++) {
        assertEquals(mean[i] / 3, byMean[i], 1e-6);
        assertEquals((Math.exp(logVariance[i]) - 1) / 6, byLogVariance[i], 1e-6);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theStandardNormalHasNone(Backend backend) {
    try (Arena arena = Arena.open("test")) {
      Var zero = leaf(backend, new double[COUNT]);
      assertEquals(0, new Posterior(zero, zero).divergence().item(), 1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSampleIsTheMeanPlusTheDeviationTimesNoise(Backend backend) {
    double[] noise = new SplittableRandom(3).doubles(COUNT, -2, 2).toArray();
    double[] expected = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      expected[i] = mean[i] + Math.sqrt(Math.exp(logVariance[i])) * noise[i];
    }
    try (Arena arena = Arena.open("test")) {
      Posterior posterior = new Posterior(leaf(backend, mean), leaf(backend, logVariance));
      Var sample = posterior.sample(leaf(backend, noise).detach());
      assertArrayEquals(expected, sample.value().toDoubles(), 2e-5);
    }
  }

  /** A batch of one, or of films that all look alike, with narrow posteriors far from 0. */
  @ParameterizedTest
  @MethodSource("backends")
  void theAggregateDivergenceIsFiniteForPosteriorsThatAgree(Backend backend) {
    double[] means = new double[COUNT];
    double[] logVariances = new double[COUNT];
    Arrays.fill(means, 40);
    Arrays.fill(logVariances, -12);
    try (Arena arena = Arena.open("test")) {
      Posterior posterior = new Posterior(leaf(backend, means), leaf(backend, logVariances));
      double expected = COUNT / 3 * (1600 + Math.exp(-12) - 1 + 12) / 2;
      assertEquals(expected, posterior.aggregateDivergence().item(), 1e-3 * expected);
    }
  }

  /** Of means, which are the z of a deterministic model; finite even if all are equal. */
  @ParameterizedTest
  @MethodSource("backends")
  void theAggregateDivergenceOfMeansIsThatOfTheirSpread(Backend backend) {
    double expected = 0;
    int z = COUNT / 3;
    for (int i = 0; i < z; i++) {
      double first = (mean[i] + mean[z + i] + mean[2 * z + i]) / 3;
      double variance = 1e-4;
      for (int n = 0; n < 3; n++) {
        variance += Math.pow(mean[n * z + i] - first, 2) / 3;
      }
      expected += (first * first + variance - 1 - Math.log(variance)) / 2;
    }
    double[] equal = new double[COUNT];
    Arrays.fill(equal, 1.5);
    try (Arena arena = Arena.open("test")) {
      Var variances = leaf(backend, logVariance);
      Posterior posterior = new Posterior(leaf(backend, mean), variances);
      assertEquals(expected, posterior.aggregateDivergenceOfMeans().item(), 1e-5 * expected);
      Var same = leaf(backend, equal);
      Var divergence = new Posterior(same, variances).aggregateDivergenceOfMeans();
      assertEquals(z * (2.25 + 1e-4 - 1 - Math.log(1e-4)) / 2, divergence.item(), 1e-2 * z);
      for (double slope :
          Gradients.of(divergence, List.of(same), false).get(0).value().toDoubles()) {
        assertEquals(0.5, slope, 1e-2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theAggregateDivergenceIsThatOfAllPosteriorsTogether(Backend backend) {
    double expected = 0;
    int z = COUNT / 3;
    for (int i = 0; i < z; i++) {
      double first = 0;
      double variance = 0;
      for (int n = 0; n < 3; n++) {
        first += mean[n * z + i] / 3;
      }
      for (int n = 0; n < 3; n++) {
        double away = mean[n * z + i] - first;
        variance += (away * away + Math.exp(logVariance[n * z + i])) / 3;
      }
      expected += (first * first + variance - 1 - Math.log(variance)) / 2;
    }
    try (Arena arena = Arena.open("test")) {
      Posterior posterior = new Posterior(leaf(backend, mean), leaf(backend, logVariance));
      assertEquals(expected, posterior.aggregateDivergence().item(), 1e-5 * expected);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void narrowPosteriorsThatCoverThePriorHaveNoAggregateDivergence(Backend backend) {
    double[] spread = new double[COUNT];
    double[] narrow = new double[COUNT];
    double[] places = {-Math.sqrt(1.5 * 0.99), 0, Math.sqrt(1.5 * 0.99)}; // mean square 0.99
    for (int i = 0; i < COUNT; i++) {
      spread[i] = places[i / (COUNT / 3)];
      narrow[i] = Math.log(0.01);
    }
    try (Arena arena = Arena.open("test")) {
      Posterior posterior = new Posterior(leaf(backend, spread), leaf(backend, narrow));
      assertEquals(0, posterior.aggregateDivergence().item(), 1e-5);
      assertEquals(true, posterior.divergence().item() > 20);
    }
  }
}
