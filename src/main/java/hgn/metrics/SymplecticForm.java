package hgn.metrics;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** What a map's Jacobian makes of the symplectic unit matrix E = [[0, -I], [I, 0]]. */
final class SymplecticForm {
  private SymplecticForm() {}

  /** -(J E J^T)^2 of a Jacobian J = [Q, P], (2n, 2d), where J E J^T = P Q^T - Q P^T. */
  static RealMatrix negativeSquare(RealMatrix jacobian) {
    int n = jacobian.getRowDimension();
    int d = jacobian.getColumnDimension() / 2;
    RealMatrix q = jacobian.getSubMatrix(0, n - 1, 0, d - 1);
    RealMatrix p = jacobian.getSubMatrix(0, n - 1, d, 2 * d - 1);
    RealMatrix brackets = p.multiplyTransposed(q).subtract(q.multiplyTransposed(p));
    return brackets.multiply(brackets).scalarMultiply(-1);
  }

  /**
   * Mean of (P/c - I)^2 over entries and points of one trajectory, c the mean of the points'
   * greatest |P|. If all P are 0, c is taken as 1.
   */
  static double distance(RealMatrix[] points) {
    double c = Arrays.stream(points).mapToDouble(SymplecticForm::greatest).sum() / points.length;
    int n = points[0].getRowDimension();
    RealMatrix unit = MatrixUtils.createRealIdentityMatrix(n);
    double sum = 0;
    for (RealMatrix p : points) {
      double norm = p.scalarMultiply(c > 0 ? 1 / c : 0).subtract(unit).getFrobeniusNorm();
      sum += norm * norm;
    }
    return sum / ((double) points.length * n * n);
  }

  private static double greatest(RealMatrix matrix) {
    return Arrays.stream(matrix.getData())
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .max()
        .orElseThrow();
  }
}
