package hgn.floor;

import hgn.random.PhiloxRandom;

/**
 * A population of motions moved from the prior to the posterior given a clip, independently of
 * other islands: sequential Monte Carlo with tempering (Del Moral, Doucet and Jasra, "Sequential
 * Monte Carlo samplers", 2006).
 *
 * <p>The likelihood of the clip is raised to a power b, which grows from 0 to 1 in steps that keep
 * half of the motions effective. In each stage, motions are weighted, resampled, and moved by
 * Metropolis steps: each half by differences between members of the other (ter Braak, "A Markov
 * Chain Monte Carlo version of the genetic algorithm Differential Evolution", 2006), which match
 * the scale and direction of the posterior and allow jumps between modes. Since each half is moved
 * only by the other, every move preserves the distribution exactly. Points lie in the unit cube
 * with periodic boundaries, where the prior is uniform.
 *
 * <p>The product of the mean weights estimates P(clip), which weights the islands: one that has
 * missed the relevant modes counts little.
 */
final class SmcPopulation {
  /** Factor of additional initial motions, since few fit. */
  private static final int FIRST = 4;

  private static final double EFFECTIVE = 0.5;
  private static final int HALVINGS = 60;
  private static final int MAX_STAGES = 400;

  /** Accepted moves per motion in a stage and in the last, and the maximum sweeps to reach them. */
  private static final int MOVES = 1;

  private static final int LAST_MOVES = 6;
  private static final int MAX_SWEEPS = 8;
  private static final int MAX_LAST_SWEEPS = 80;

  private static final double BEST_SCALE = 2.38;
  private static final double[] SCALES = {0.3, 0.7, 1.2};
  private static final double JUMP = 0.1;
  private static final double SPREAD = 0.1;
  private static final double LARGEST_JITTER = 1e-3;
  private static final double JITTER_DECADES = 3;

  private final Target target;
  private final PhiloxRandom rng;
  private final double[] path;
  private double[][] points;
  private double[] logs;
  private double temper;
  private double logEvidence;

  /** Creates an island of {@code size} motions, not yet sampled. */
  SmcPopulation(Target target, int size, PhiloxRandom rng) {
    this.target = target;
    this.rng = rng;
    this.path = target.room();
    points = new double[FIRST * size][];
    logs = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = target.prior().point(rng);
      logs[i] = target.log(points[i], path);
    }
    if (hasMotions()) {
      bringDown(size);
    } else {
      logEvidence = Double.NEGATIVE_INFINITY;
    }
  }

  private boolean hasMotions() {
    for (double log : logs) {
      if (log > Double.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  /** The points, with equal weights. */
  double[][] points() {
    return points;
  }

  /** log of the estimated probability of the clip, up to a constant. */
  double logEvidence() {
    return logEvidence;
  }

  private void bringDown(int size) {
    for (int stage = 0; temper < 1; stage++) {
      double next = stage < MAX_STAGES ? nextTemper(size) : 1;
      double[] weights = Weights.of(logs, next - temper);
      logEvidence += Weights.logMean(logs, next - temper);
      draw(Weights.drawn(weights, size, rng));
      temper = next;
      boolean last = temper == 1;
      move((last ? LAST_MOVES : MOVES) * size, last ? MAX_LAST_SWEEPS : MAX_SWEEPS);
    }
  }

  /** The largest power at which enough motions stay effective, found by bisection. */
  private double nextTemper(int size) {
    double enough = EFFECTIVE * size;
    if (Weights.effective(Weights.of(logs, 1 - temper)) >= enough) {
      return 1;
    }
    double low = 0;
    double high = 1 - temper;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (Weights.effective(Weights.of(logs, middle)) >= enough) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return temper + high;
  }

  /** Selects these motions in random order, so that copies occur in both halves. */
  private void draw(int[] chosen) {
    for (int i = chosen.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int kept = chosen[i];
      chosen[i] = chosen[j];
      chosen[j] = kept;
    }
    double[][] drawn = new double[chosen.length][];
    double[] drawnLogs = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      drawn[i] = points[chosen[i]];
      drawnLogs[i] = logs[chosen[i]];
    }
    points = drawn;
    logs = drawnLogs;
  }

  private void move(int enough, int mostSweeps) {
    int half = points.length / 2;
    int moved = 0;
    for (int sweep = 0; sweep < mostSweeps && moved < enough; sweep++) {
      for (int i = 0; i < points.length; i++) {
        boolean first = i < half;
        moved += step(i, first ? half : 0, first ? points.length : half) ? 1 : 0;
      }
    }
  }

  /** Tries to move motion {@code i} by the difference of two motions in {@code from .. to - 1}. */
  private boolean step(int i, int from, int to) {
    double[] proposed = proposal(points[i], from, to);
    double log = target.log(proposed, path);
    if (Math.log(1 - rng.nextDouble()) < temper * (log - logs[i])) {
      points[i] = proposed;
      logs[i] = log;
      return true;
    }
    return false;
  }

  private double[] proposal(double[] point, int from, int to) {
    double[] a = points[from + below(to - from)];
    double[] b = points[from + below(to - from)];
    boolean jumps = rng.nextDouble() < JUMP;
    boolean all = jumps || rng.nextDouble() < 0.5;
    boolean[] moves = new boolean[point.length];
    int moving = 0;
    for (int k = 0; k < moves.length; k++) {
      moves[k] = all || rng.nextDouble() < 0.5;
      moving += moves[k] ? 1 : 0;
    }
    double scale =
        jumps
            ? 1
            : BEST_SCALE / Math.sqrt(2.0 * Math.max(1, moving)) * SCALES[below(SCALES.length)];
    double jitter = LARGEST_JITTER * Math.pow(10, -JITTER_DECADES * rng.nextDouble());
    double[] moved = point.clone();
    for (int k = 0; k < moved.length; k++) {
      if (moves[k]) {
        double difference = a[k] - b[k];
        difference -= Math.rint(difference);
        double factor = scale * (1 + rng.uniform(-SPREAD, SPREAD));
        moved[k] = onCircle(moved[k] + factor * difference + jitter * rng.nextGaussian());
      }
    }
    return moved;
  }

  /** Wraps a number to [0, 1). */
  private static double onCircle(double x) {
    double share = x - Math.floor(x);
    return share < 1 ? share : 0;
  }

  private int below(int bound) {
    return (int) (rng.nextDouble() * bound);
  }
}
