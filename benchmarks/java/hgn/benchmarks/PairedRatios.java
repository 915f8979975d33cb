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
  private final List<List<Double>> rounds = new ArrayList<>();

  /** What is added from now on is of another round. */
  void startRound() {
    rounds.add(new ArrayList<>());
  }

  /** Adds a pair to the current round. */
  void add(double oldSeconds, double newSeconds) {
    for (List<Double> ratios : List.of(sorted, rounds.get(rounds.size() - 1))) {
      ratios.add(newSeconds / oldSeconds);
      ratios.sort(null);
    }
  }

  /** Rounds whose median is below this. */
  long roundsBelow(double ratio) {
    return rounds.stream().filter(ratios -> median(ratios) < ratio).count();
  }

  int pairs() {
    return sorted.size();
  }

  double median() {
    return median(sorted);
  }

  private static double median(List<Double> sorted) {
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
