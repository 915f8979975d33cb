package hgn.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Whether learnt phase space coordinates are canonical (Higgins et al. 2021, "SyMetric").
 *
 * <p>The true state is regressed on the latent one, both z-scored, by Lasso on polynomials of
 * rising order, until the fit reaches R^2 = {@link #ENOUGH}. With J the Jacobian of the fit at a
 * point, E the symplectic unit matrix of the latents and A = J E J^T, a canonical map has P = -A^2
 * = c I with one c for the trajectory. Sym is the mean of (P/c - I)^2 over matrix entries, points
 * and trajectories, c the mean over a trajectory's points of the greatest |P|. Since P is a square,
 * the metric cannot detect exchanged momenta: it takes a swap of two of them as canonical. J is
 * with respect to the latents in their own units, since z-scoring each coordinate separately is not
 * a canonical map.
 *
 * <p>There may be more latents than coordinates, for example if a pendulum's bob is encoded as (x,
 * y). With the momentum along the circle this is a canonical embedding: J E J^T contains the
 * Poisson brackets of the true state, and the metric is 1.
 *
 * <p>The unwrapped angle of a pendulum that turns over is not determined by an image, but the point
 * (cos, sin) is. Angles are regressed in both forms, and the first fit that reaches {@link
 * #ENOUGH}, or else the best one, is used: an unwrapped latent angle is as canonical as a point on
 * the circle.
 *
 * @param determination R^2 of the fit used
 * @param order of its polynomials
 * @param symplecticity Sym, 0 for a canonical map
 */
public record SyMetric(double determination, int order, double symplecticity) {
  /** Minimum R^2 of a fit. */
  public static final double ENOUGH = 0.9;

  /** Upper bound of Sym for a canonical map. */
  public static final double CANONICAL = 0.05;

  private static final int HIGHEST_ORDER = 5;

  /**
   * Maximum number of monomials. More would take minutes to fit and need more points than usual.
   */
  private static final int MAX_PRODUCTS = 300;

  private static final int ALPHAS = 10;

  /** The metric itself: 1 if the latents determine the state and the map is canonical, else 0. */
  public int value() {
    return determination > ENOUGH && symplecticity < CANONICAL ? 1 : 0;
  }

  /** Measures trajectories without angles. */
  public static SyMetric of(double[][][] latents, double[][][] states) {
    return of(latents, states, new boolean[0]);
  }

  /**
   * Measures trajectories.
   *
   * @param latents [trajectory][point][2d], the d positions first, then their momenta
   * @param states [trajectory][point][2n], the true q first, then p
   * @param angles which of the first coordinates are angles; there may be fewer than 2n
   * @throws IllegalArgumentException if the sizes do not fit or there are fewer than two points
   */
  public static SyMetric of(double[][][] latents, double[][][] states, boolean[] angles) {
    double[][] x = rows(latents);
    double[][] y = rows(states);
    if (x.length != y.length || x.length < 2 || x[0].length % 2 != 0 || y[0].length % 2 != 0) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "[symetric] %d latent points of %d numbers against %d states; both need equal numbers of",
                  x.length,
                  x.length == 0 ? 0 : x[0].length,
                  y.length)
              + " points, at least 2, each of as many momenta as positions");
    }
    List<StateEncoding> charts = charts(y, angles);
    SyMetric found = null;
    for (int order = 1; order <= HIGHEST_ORDER; order++) {
      if (order > 1 && Monomials.count(x[0].length, order) > MAX_PRODUCTS) {
        break;
      }
      for (StateEncoding chart : charts) {
        SyMetric now = of(x, chart, order, latents.length);
        found = found == null || now.determination > found.determination ? now : found;
        if (found.determination >= ENOUGH) {
          return found;
        }
      }
    }
    return found;
  }

  /**
   * The charts to try: all coordinates as numbers and, if there are angles, also angles as points
   * of a circle.
   */
  private static List<StateEncoding> charts(double[][] states, boolean[] angles) {
    List<StateEncoding> charts = new ArrayList<>();
    boolean[] circles = new boolean[states[0].length];
    charts.add(new StateEncoding(states, circles));
    boolean[] turning = Arrays.copyOf(angles, states[0].length);
    if (!Arrays.equals(circles, turning)) {
      charts.add(new StateEncoding(states, turning));
    }
    return charts;
  }

  private static SyMetric of(double[][] x, StateEncoding chart, int order, int trajectories) {
    Standardisation scores = Standardisation.of(x);
    double[][] inputs = scores.apply(x);
    Monomials monomials = new Monomials(x[0].length, order);
    double[][] features = monomials.values(inputs);
    Lasso fit = best(features, chart);
    double[][] fitted = fit.values(features);
    RealMatrix[] jacobians = new RealMatrix[inputs.length];
    for (int r = 0; r < inputs.length; r++) {
      RealMatrix products = MatrixUtils.createRealMatrix(monomials.slopes(inputs[r]));
      double[][] slopes = chart.slopes(fitted[r], fit.weights().multiply(products).getData());
      jacobians[r] = MatrixUtils.createRealMatrix(perUnit(slopes, scores.deviation()));
    }
    double determination = chart.determination(fitted, chart.targets());
    return new SyMetric(determination, order, symplecticity(jacobians, trajectories));
  }

  /** Converts gradients with respect to z-scores to gradients with respect to the latents. */
  private static double[][] perUnit(double[][] slopes, double[] deviation) {
    for (double[] row : slopes) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= deviation[j];
      }
    }
    return slopes;
  }

  /** Fits all points with the penalty selected by two-fold cross-validation. */
  private static Lasso best(double[][] features, StateEncoding chart) {
    double bestAlpha = Double.NaN;
    double bestScore = Double.NEGATIVE_INFINITY;
    int half = features.length / 2;
    for (int i = 0; i < ALPHAS; i++) {
      double alpha = Math.pow(10, -4 + 3.5 * i / (ALPHAS - 1));
      double score =
          across(features, chart, 0, half, alpha)
              + across(features, chart, half, features.length, alpha);
      if (score > bestScore) {
        bestScore = score;
        bestAlpha = alpha;
      }
    }
    return Lasso.fit(features, chart.targets(), bestAlpha);
  }

  /** R^2 on the rows from..to of a fit on all others. */
  private static double across(
      double[][] features, StateEncoding chart, int from, int to, double alpha) {
    double[][] targets = chart.targets();
    Lasso fit = Lasso.fit(without(features, from, to), without(targets, from, to), alpha);
    return chart.determination(
        fit.values(Arrays.copyOfRange(features, from, to)), Arrays.copyOfRange(targets, from, to));
  }

  private static double[][] without(double[][] rows, int from, int to) {
    double[][] rest = new double[rows.length - (to - from)][];
    System.arraycopy(rows, 0, rest, 0, from);
    System.arraycopy(rows, to, rest, from, rows.length - to);
    return rest;
  }

  private static double symplecticity(RealMatrix[] jacobians, int trajectories) {
    int points = jacobians.length / trajectories;
    double sum = 0;
    for (int n = 0; n < trajectories; n++) {
      RealMatrix[] squares = new RealMatrix[points];
      for (int i = 0; i < points; i++) {
        squares[i] = SymplecticForm.negativeSquare(jacobians[n * points + i]);
      }
      sum += SymplecticForm.distance(squares);
    }
    return sum / trajectories;
  }

  private static double[][] rows(double[][][] trajectories) {
    return Arrays.stream(trajectories).flatMap(Arrays::stream).toArray(double[][]::new);
  }
}
