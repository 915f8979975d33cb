package hgn.metrics;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Principal axes of a large phase space, along which most of the motion takes place.
 *
 * <p>The same orthonormal axes w_1, w_2, ... serve positions and momenta, (w_i . q, w_i . p), so
 * that the projection on all axes is a canonical map. They are the principal axes of the sum of
 * both covariances, each divided by its trace to remove its unit.
 */
public final class PhaseAxes {
  private final double[][] axes;
  private final double explained;

  private PhaseAxes(double[][] axes, double explained) {
    this.axes = axes;
    this.explained = explained;
  }

  /**
   * Returns the smallest number of axes that explain the fraction {@code enough} of the variance,
   * at most {@code most}.
   *
   * @param states rows of 2D numbers, D positions, then D momenta
   */
  public static PhaseAxes of(double[][] states, double enough, int most) {
    int size = states[0].length / 2;
    RealMatrix q = covariance(states, 0, size);
    RealMatrix p = covariance(states, size, size);
    // eigenvalues of a positive semidefinite matrix are its singular values; the SVD, unlike the
    // eigendecomposition, converges even if nearly all are 0
    SingularValueDecomposition found = new SingularValueDecomposition(unit(q).add(unit(p)));
    double[] variances = found.getSingularValues();
    double total = Arrays.stream(variances).sum();
    int count = 0;
    double carried = 0;
    while (count < Math.min(most, size) && (count == 0 || carried < enough * total)) {
      carried += variances[count];
      count++;
    }
    double[][] axes = new double[count][];
    for (int a = 0; a < count; a++) {
      axes[a] = found.getU().getColumn(a);
    }
    return new PhaseAxes(axes, total > 0 ? carried / total : 0);
  }

  /** Number of axes. */
  public int count() {
    return axes.length;
  }

  /** Fraction of the variance explained by the axes. */
  public double explained() {
    return explained;
  }

  /** Returns axis {@code a}, a vector of D numbers of length 1. */
  public double[] axis(int a) {
    return axes[a].clone();
  }

  /** A state of 2D numbers along the axes: positions, then momenta. */
  public double[] project(double[] state) {
    double[] projected = new double[2 * axes.length];
    int size = state.length / 2;
    for (int a = 0; a < axes.length; a++) {
      for (int i = 0; i < size; i++) {
        projected[a] += axes[a][i] * state[i];
        projected[axes.length + a] += axes[a][i] * state[size + i];
      }
    }
    return projected;
  }

  private static RealMatrix covariance(double[][] rows, int from, int size) {
    double[] mean = new double[size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        mean[i] += row[from + i] / rows.length;
      }
    }
    double[][] sums = new double[size][size];
    double[] centred = new double[size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        centred[i] = row[from + i] - mean[i];
      }
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          sums[i][j] += centred[i] * centred[j] / rows.length;
        }
      }
    }
    return MatrixUtils.createRealMatrix(sums);
  }

  private static RealMatrix unit(RealMatrix covariance) {
    double trace = covariance.getTrace();
    return trace > 0 ? covariance.scalarMultiply(1 / trace) : covariance;
  }
}
