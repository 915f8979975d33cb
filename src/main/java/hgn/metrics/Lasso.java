package hgn.metrics;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.util.MathArrays;

/**
 * A linear map y = W x + b, fitted by Lasso: it minimises |y - W x - b|^2 / 2n + alpha |W|_1 for
 * each target alone, over n rows. The best b makes up for the means, so W is that of features from
 * which their means are taken.
 */
final class Lasso {
  private static final double TOLERANCE = 1e-4;

  private final RealMatrix weights;
  private final double[] offset;

  private Lasso(RealMatrix weights, double[] offset) {
    this.weights = weights;
    this.offset = offset;
  }

  /**
   * Fits rows of {@code targets} by rows of {@code features}.
   *
   * @param alpha weight of the penalty
   */
  static Lasso fit(double[][] features, double[][] targets, double alpha) {
    RealMatrix x = MatrixUtils.createRealMatrix(features);
    RealMatrix y = MatrixUtils.createRealMatrix(targets);
    double[] means = centre(x);
    double share = 1.0 / features.length;
    double[][] covariances = x.transposeMultiply(x).scalarMultiply(share).getData();
    RealMatrix slopes = x.transposeMultiply(y).scalarMultiply(share);
    double[] offset = new double[targets[0].length];
    RealMatrix weights = MatrixUtils.createRealMatrix(offset.length, means.length);
    for (int t = 0; t < offset.length; t++) {
      double[] target = y.getColumn(t);
      double square = StatUtils.sumSq(target) * share;
      double[] found =
          new CoordinateDescent(covariances, slopes.getColumn(t), square, alpha).solve(TOLERANCE);
      weights.setRow(t, found);
      offset[t] = StatUtils.mean(target) - MathArrays.linearCombination(found, means);
    }
    return new Lasso(weights, offset);
  }

  /** Takes the mean from each column, and returns the means. */
  private static double[] centre(RealMatrix rows) {
    double[] means = new double[rows.getColumnDimension()];
    for (int c = 0; c < means.length; c++) {
      double[] column = rows.getColumn(c);
      means[c] = StatUtils.mean(column);
      for (int r = 0; r < column.length; r++) {
        column[r] -= means[c];
      }
      rows.setColumn(c, column);
    }
    return means;
  }

  /** W, (targets, features). */
  RealMatrix weights() {
    return weights;
  }

  /** W x + b for every row of {@code features}. */
  double[][] values(double[][] features) {
    double[][] values = new double[features.length][];
    for (int r = 0; r < values.length; r++) {
      values[r] = weights.operate(features[r]);
      for (int t = 0; t < offset.length; t++) {
        values[r][t] += offset[t];
      }
    }
    return values;
  }
}
