package hgn.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Times of a new build over those of an old one, each pair taken in the same second.
 *
 * <p>The bounds are the order statistics between which the median lies with a probability of 99 %:
 * of n pairs, those at n/2 -+ 2.58 sqrt(n)/2 from the least (the sign test).
 */
final class PairedRatios {
  private static final double QUANTILE = 2.58;

  private final List<Double> sorted = new ArrayList<>();

  void add(double oldSeconds, double newSeconds) {
    sorted.add(newSeconds / oldSeconds);
    sorted.sort(null);
  }

  int pairs() {
    return sorted.size();
  }

  double median() {
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  /** The median is at least this. */
  double low() {
    return sorted.get(Math.max(0, (int) Math.floor(sorted.size() / 2.0 - reach())));
  }

  /** The median is at most this. */
  double high() {
    int n = sorted.size();
    return sorted.get(Math.min(n - 1, (int) Math.ceil(n / 2.0 + reach()) - 1));
  }

  private double reach() {
    return QUANTILE * Math.sqrt(sorted.size()) / 2;
  }
}
