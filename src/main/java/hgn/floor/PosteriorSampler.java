package hgn.floor;

import hgn.floor.likelihood.ClipLikelihood;
import hgn.physics.PhysicalSystem;
import java.util.Arrays;

/**
 * Samples motions given a clip on several independent islands, and estimates the effective sample
 * size from their agreement.
 *
 * <p>Let v_r be the islands' weights, m_r their mean observables (the centres of all discs in all
 * frames), W the variance of the observables over all motions, and B = sum v_r^2 (m_r - m)^2 R / (R
 * - 1) the variance of the total mean m estimated from the islands, both summed over observables.
 * Then W / B is the effective number of independent motions. It is low if islands found different
 * modes or have not mixed. If it is too low, sampling is repeated with more motions.
 */
final class PosteriorSampler {
  /** R. */
  static final int ISLANDS = 8;

  /** Factor by which the number of motions grows with each attempt. */
  private static final int MORE = 3;

  private static final int ATTEMPTS = 3;

  private final FloorSettings settings;
  private final Prior prior;
  private final Motions motions;
  private final int width;

  /** Creates a sampler for the films of {@code settings}. */
  PosteriorSampler(FloorSettings settings, Prior prior, Motions motions) {
    this.settings = settings;
    this.prior = prior;
    this.motions = motions;
    this.width = settings.rollouts().system().degreesOfFreedom();
  }

  /** Samples motions of film {@code film} given its clip; returns the best of a few attempts. */
  Posterior sample(int film, ClipLikelihood clip) {
    Target target = new Target(prior, motions, clip, width);
    int size = settings.particles() / ISLANDS;
    Posterior best = attempt(film, target, size, 0);
    for (int k = 1; k < ATTEMPTS && !best.isEnough(); k++) {
      size *= MORE;
      Posterior next = attempt(film, target, size, k);
      best = next.effective() > best.effective() ? next : best;
    }
    return best;
  }

  private Posterior attempt(int film, Target target, int size, int number) {
    double[] evidence = new double[ISLANDS];
    double[][] paths = new double[ISLANDS * size][];
    for (int r = 0; r < ISLANDS; r++) {
      int domain = number * ISLANDS + r;
      SmcPopulation island =
          new SmcPopulation(target, size, Draws.ISLANDS.of(settings.seed(), film, domain));
      evidence[r] = island.logEvidence();
      for (int i = 0; i < size; i++) {
        paths[r * size + i] = path(island.points()[i]);
      }
    }
    if (Arrays.stream(evidence).max().orElseThrow() == Double.NEGATIVE_INFINITY) {
      return new Posterior(paths, new double[paths.length], 0);
    }
    double[] shares = Weights.of(evidence, 1);
    double[] weights = new double[paths.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = shares[i / size] / size;
    }
    return new Posterior(paths, weights, effective(paths, shares, size));
  }

  /** The path over the target frames. */
  private double[] path(double[] point) {
    Clip clip = settings.clip();
    int end = clip.start() + clip.framesOut();
    double[] whole = new double[end * width];
    // A motion that fits the clip but later collides is zero from there on. The generator rejects
    // such films, so hardly any weight is affected.
    motions.follow(prior.state(point), end, whole);
    return Arrays.copyOfRange(whole, clip.start() * width, whole.length);
  }

  private double effective(double[][] paths, double[] shares, int size) {
    double within = 0;
    double between = 0;
    double[][] seen = new double[paths.length][];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = seen(paths[i]);
    }
    double[] means = new double[shares.length];
    for (int k = 0; k < seen[0].length; k++) {
      double mean = 0;
      double square = 0;
      for (int r = 0; r < shares.length; r++) {
        double sum = 0;
        double squares = 0;
        for (int i = r * size; i < (r + 1) * size; i++) {
          sum += seen[i][k];
          squares += seen[i][k] * seen[i][k];
        }
        means[r] = sum / size;
        mean += shares[r] * means[r];
        square += shares[r] * squares / size;
      }
      within += Math.max(0, square - mean * mean);
      for (int r = 0; r < shares.length; r++) {
        double away = shares[r] * (means[r] - mean);
        between += away * away * shares.length / (shares.length - 1);
      }
    }
    // If a few islands dominate, their agreement means nothing.
    double most = Weights.effective(shares) * size;
    return between == 0 ? most : Math.min(most, within / between);
  }

  /** The centres of all discs in all frames of a path. */
  private double[] seen(double[] path) {
    PhysicalSystem system = settings.rollouts().system();
    int frames = path.length / width;
    int centres = 2 * system.bodies();
    double[] seen = new double[frames * centres];
    double[] q = new double[width];
    double[] xy = new double[centres];
    for (int t = 0; t < frames; t++) {
      System.arraycopy(path, t * width, q, 0, width);
      system.centres(q, xy);
      System.arraycopy(xy, 0, seen, t * centres, centres);
    }
    return seen;
  }
}
