package hgn.metrics;

import java.util.Arrays;

/**
 * Whether learnt coordinates of phase space are canonical ones (Higgins et al. 2021, "SyMetric").
 *
 * <p>The true state is regressed on the latent one, both z-scored, by Lasso on polynomials of
 * rising order, until the fit reaches R^2 = {@link #ENOUGH}. With J the slope of the fit at a
 * point, E the symplectic unit matrix of the latents and A = J E J^T, a canonical map has P = -A^2
 * = c I with one c for the trajectory. Sym is the mean of (P/c - I)^2 over matrix entries, points
 * and trajectories, c the mean over a trajectory's points of the greatest |P|. Since P is a square,
 * the metric does not see whether momenta belong to the right positions: it takes an exchange of
 * two of them for canonical.
 *
 * @param determination R^2 of the fit that was used
 * @param order of its polynomials
 * @param symplecticity Sym, 0 for a canonical map
 */
public record SyMetric(double determination, int order, double symplecticity) {
  /** R^2 that a fit must exceed. */
  public static final double ENOUGH = 0.9;

  /** Sym that a canonical map stays below. */
  public static final double CANONICAL = 0.05;

  private static final int HIGHEST_ORDER = 5;

  /** More products than this would take minutes to fit, and more points than there usually are. */
  private static final int MOST_PRODUCTS = 300;

  private static final int ALPHAS = 10;

  /** The metric itself: 1 if the latents determine the state and the map is canonical, else 0. */
  public int value() {
    return determination > ENOUGH && symplecticity < CANONICAL ? 1 : 0;
  }

  /**
   * Measures a set of trajectories.
   *
   * @param latents [trajectory][point][2d], the d positions first, then their momenta
   * @param states [trajectory][point][2n], the true q first, then p
   * @throws IllegalArgumentException if the sizes do not fit or there are fewer than two points
   */
  public static SyMetric of(double[][][] latents, double[][][] states) {
    double[][] x = rows(latents);
    double[][] y = rows(states);
    if (x.length != y.length || x.length < 2 || x[0].length % 2 != 0 || y[0].length % 2 != 0) {
      throw new IllegalArgumentException(
          "[symetric] %d latent points of %d numbers against %d states; both need equal numbers of"
                  .formatted(x.length, x.length == 0 ? 0 : x[0].length, y.length)
              + " points, at least 2, each of as many momenta as positions");
    }
    double[][] inputs = Standardisation.of(x).apply(x);
    double[][] targets = Standardisation.of(y).apply(y);
    SyMetric found = null;
    for (int order = 1; order <= HIGHEST_ORDER; order++) {
      if (order > 1 && Monomials.count(x[0].length, order) > MOST_PRODUCTS) {
        break;
      }
      Monomials monomials = new Monomials(x[0].length, order);
      Lasso fit = best(monomials.values(inputs), targets);
      double determination = fit.determination(monomials.values(inputs), targets);
      found =
          new SyMetric(determination, order, symplecticity(fit, monomials, inputs, latents.length));
      if (determination >= ENOUGH) {
        break;
      }
    }
    return found;
  }

  /** The fit on all points with the penalty that does best where a half of them is left out. */
  private static Lasso best(double[][] features, double[][] targets) {
    double bestAlpha = Double.NaN;
    double bestScore = Double.NEGATIVE_INFINITY;
    int half = features.length / 2;
    for (int i = 0; i < ALPHAS; i++) {
      double alpha = Math.pow(10, -4 + 3.5 * i / (ALPHAS - 1));
      double score =
          across(features, targets, 0, half, alpha)
              + across(features, targets, half, features.length, alpha);
      if (score > bestScore) {
        bestScore = score;
        bestAlpha = alpha;
      }
    }
    return Lasso.fit(features, targets, bestAlpha);
  }

  /** R^2 on the rows from..to of a fit to all others. */
  private static double across(
      double[][] features, double[][] targets, int from, int to, double alpha) {
    Lasso fit = Lasso.fit(without(features, from, to), without(targets, from, to), alpha);
    return fit.determination(
        Arrays.copyOfRange(features, from, to), Arrays.copyOfRange(targets, from, to));
  }

  private static double[][] without(double[][] rows, int from, int to) {
    double[][] rest = new double[rows.length - (to - from)][];
    System.arraycopy(rows, 0, rest, 0, from);
    System.arraycopy(rows, to, rest, from, rows.length - to);
    return rest;
  }

  private static double symplecticity(
      Lasso fit, Monomials monomials, double[][] inputs, int trajectories) {
    int points = inputs.length / trajectories;
    double sum = 0;
    for (int n = 0; n < trajectories; n++) {
      double[][][] squares = new double[points][][];
      for (int i = 0; i < points; i++) {
        double[][] slopes = monomials.slopes(inputs[n * points + i]);
        squares[i] = SymplecticForm.negativeSquare(Matrices.product(fit.weights(), slopes));
      }
      sum += SymplecticForm.distance(squares);
    }
    return sum / trajectories;
  }

  private static double[][] rows(double[][][] trajectories) {
    return Arrays.stream(trajectories).flatMap(Arrays::stream).toArray(double[][]::new);
  }
}
