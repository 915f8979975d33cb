package hgn.floor;

import hgn.random.PhiloxRandom;
import java.util.Arrays;

/** Importance weights as logarithms. */
final class Weights {
  private Weights() {}

  /** exp(power log), scaled to a sum of 1; at least one log must be finite. */
  static double[] of(double[] logs, double power) {
    double most = Arrays.stream(logs).max().orElseThrow();
    double[] weights = new double[logs.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(power * (logs[i] - most));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** log of the mean of exp(power log). */
  static double logMean(double[] logs, double power) {
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(power * (log - most));
    }
    return power * most + Math.log(sum / logs.length);
  }

  /** Effective sample size 1 / sum w^2 of weights with sum 1. */
  static double effective(double[] weights) {
    double squares = 0;
    for (double weight : weights) {
      squares += weight * weight;
    }
    return 1 / squares;
  }

  /**
   * Systematic resampling: draws {@code count} indices by weights of sum 1; each count is within
   * one of its expectation.
   */
  static int[] drawn(double[] weights, int count, PhiloxRandom rng) {
    int[] indices = new int[count];
    double offset = rng.nextDouble();
    double reached = weights[0];
    int at = 0;
    for (int i = 0; i < count; i++) {
      while ((i + offset) / count > reached && at < weights.length - 1) {
        reached += weights[++at];
      }
      indices[i] = at;
    }
    return indices;
  }
}
