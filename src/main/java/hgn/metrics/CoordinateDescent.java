package hgn.metrics;

/**
 * Minimises |y - X w|^2 / 2n + alpha |w|_1 over w, one weight after another.
 *
 * <p>With the slope g = X^T (y - X w) / n and the covariances G = X^T X / n, the best w_j beside
 * the other weights is S(g_j + G_jj w_j) / G_jj, where S(u) = sign(u) max(|u| - alpha, 0) is the
 * soft threshold. At the minimum g_j = alpha sign(w_j), or |g_j| is at most alpha where w_j = 0.
 */
final class CoordinateDescent {
  private static final int MAX_ROUNDS = 1000;

  /** Columns of a smaller variance are constant but for rounding, and get no weight. */
  private static final double CONSTANT = 1e-12;

  private final double[][] covariances;
  private final double[] atZero;
  private final double square;
  private final double alpha;
  private final double[] slope;
  private final double[] weights;

  /**
   * The problem, for columns of X with mean 0.
   *
   * @param covariances G, which is only read
   * @param atZero X^T y / n
   * @param square |y|^2 / n
   */
  CoordinateDescent(double[][] covariances, double[] atZero, double square, double alpha) {
    this.covariances = covariances;
    this.atZero = atZero;
    this.square = square;
    this.alpha = alpha;
    slope = atZero.clone();
    weights = new double[atZero.length];
  }

  /**
   * The weights where they are good enough, or else after the last round.
   *
   * @param tolerance of a round's greatest step by the greatest weight, and of the duality gap by
   *     |y|^2 / n
   */
  double[] solve(double tolerance) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double step = 0;
      double greatest = 0;
      for (int j = 0; j < weights.length; j++) {
        step = Math.max(step, Math.abs(improve(j)));
        greatest = Math.max(greatest, Math.abs(weights[j]));
      }
      if (step <= tolerance * greatest && dualityGap() <= tolerance * square) {
        break;
      }
    }
    return weights;
  }

  /** Makes one weight the best beside the others; returns what was added. */
  private double improve(int j) {
    double[] column = covariances[j];
    if (column[j] < CONSTANT) {
      return 0;
    }
    double alone = slope[j] + column[j] * weights[j];
    double best = Math.copySign(Math.max(Math.abs(alone) - alpha, 0), alone) / column[j];
    double change = best - weights[j];
    if (change != 0) {
      weights[j] = best;
      for (int k = 0; k < slope.length; k++) {
        slope[k] -= change * column[k];
      }
    }
    return change;
  }

  /**
   * How far the minimum can be below. With the residual r = y - X w and s = min(1, alpha / max
   * |g|), s r / n is a point of the dual problem, which gives (1 + s^2) |r|^2 / 2n + alpha |w|_1 -
   * s r.y / n.
   */
  private double dualityGap() {
    double explained = 0;
    double residual = square;
    double size = 0;
    double steepest = 0;
    for (int j = 0; j < weights.length; j++) {
      explained += weights[j] * atZero[j];
      residual -= weights[j] * (atZero[j] + slope[j]);
      size += Math.abs(weights[j]);
      steepest = Math.max(steepest, Math.abs(slope[j]));
    }
    double s = steepest > alpha ? alpha / steepest : 1;
    return (1 + s * s) * residual / 2 + alpha * size - s * (square - explained);
  }
}
