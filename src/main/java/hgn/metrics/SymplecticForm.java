package hgn.metrics;

/** How a Jacobian transforms the symplectic unit matrix E = [[0, -I], [I, 0]]. */
final class SymplecticForm {
  private SymplecticForm() {}

  /** -(J E J^T)^2 of a Jacobian J, (2n, 2d). */
  static double[][] negativeSquare(double[][] jacobian) {
    double[][] a = transported(jacobian);
    double[][] p = Matrices.product(a, a);
    for (double[] row : p) {
      for (int j = 0; j < row.length; j++) {
        row[j] = -row[j];
      }
    }
    return p;
  }

  /** J E J^T: entry (i, j) is sum over k of J_i,d+k J_j,k - J_i,k J_j,d+k. */
  private static double[][] transported(double[][] jacobian) {
    int d = jacobian[0].length / 2;
    double[][] a = new double[jacobian.length][jacobian.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        for (int k = 0; k < d; k++) {
          a[i][j] += jacobian[i][d + k] * jacobian[j][k] - jacobian[i][k] * jacobian[j][d + k];
        }
      }
    }
    return a;
  }

  /**
   * Mean of (P/c - I)^2 over entries and points of one trajectory, c the mean of the points'
   * greatest |P|. If all P are 0, c is taken as 1.
   */
  static double distance(double[][][] points) {
    double c = 0;
    for (double[][] p : points) {
      c += greatest(p) / points.length;
    }
    double sum = 0;
    for (double[][] p : points) {
      for (int i = 0; i < p.length; i++) {
        for (int j = 0; j < p.length; j++) {
          double difference = (c > 0 ? p[i][j] / c : 0) - (i == j ? 1 : 0);
          sum += difference * difference;
        }
      }
    }
    int n = points[0].length;
    return sum / ((double) points.length * n * n);
  }

  private static double greatest(double[][] matrix) {
    double greatest = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    return greatest;
  }
}
