package hgn.metrics;

import java.util.Arrays;

/**
 * Encodes true states as regression targets: a coordinate as its z-score or, if it is an angle, as
 * the point (cos, sin) of a circle.
 *
 * <p>An unwrapped angle grows with every turn and a wrapped one jumps; neither is a continuous
 * function of the image. The point on the circle is, whether a pendulum swings or turns over. From
 * a fit (c, s) of the point, the angle is atan2(s, c) and its gradient (c ds - s dc) / (c^2 + s^2).
 * Both components are scaled by the square root of the sum of their variances; for a small swing
 * nearly all variance is in one component, which then counts as the angle would.
 */
final class StateEncoding {
  private final double[][] targets;
  private final int[] first;
  private final boolean[] circle;
  private final double[] mean;
  private final double[] scale;

  /**
   * Creates the chart of these states.
   *
   * @param states rows of 2n numbers
   * @param circle which of them are encoded as points of a circle
   */
  StateEncoding(double[][] states, boolean[] circle) {
    this.circle = circle;
    first = new int[circle.length + 1];
    for (int i = 0; i < circle.length; i++) {
      first[i + 1] = first[i] + (circle[i] ? 2 : 1);
    }
    double[][] rows = Arrays.stream(states).map(this::written).toArray(double[][]::new);
    mean = new double[first[circle.length]];
    scale = new double[circle.length];
    standardise(rows);
    targets = rows;
  }

  private double[] written(double[] state) {
    double[] row = new double[first[circle.length]];
    for (int i = 0; i < circle.length; i++) {
      row[first[i]] = circle[i] ? Math.cos(state[i]) : state[i];
      if (circle[i]) {
        row[first[i] + 1] = Math.sin(state[i]);
      }
    }
    return row;
  }

  private void standardise(double[][] rows) {
    for (int i = 0; i < circle.length; i++) {
      double variance = 0;
      for (int k = first[i]; k < first[i + 1]; k++) {
        for (double[] row : rows) {
          mean[k] += row[k] / rows.length;
        }
        for (double[] row : rows) {
          row[k] -= mean[k];
          variance += row[k] * row[k] / rows.length;
        }
      }
      scale[i] = variance > 0 ? Math.sqrt(variance) : 1;
      for (int k = first[i]; k < first[i + 1]; k++) {
        for (double[] row : rows) {
          row[k] /= scale[i];
        }
      }
    }
  }

  /** The regression targets, one row per state. */
  double[][] targets() {
    return targets;
  }

  /**
   * Coefficient of determination of a fit: 1 - sum |y - f|^2 / sum |y - mean y|^2 of each
   * coordinate, with circle points as vectors, averaged over the coordinates; 1 is a perfect fit, 0
   * is no better than the mean.
   *
   * @param fitted fitted values of {@code aims}
   * @param aims some of the {@link #targets}
   */
  double determination(double[][] fitted, double[][] aims) {
    double sum = 0;
    for (int i = 0; i < circle.length; i++) {
      double errors = 0;
      double squares = 0;
      for (int k = first[i]; k < first[i + 1]; k++) {
        double middle = 0;
        for (double[] aim : aims) {
          middle += aim[k] / aims.length;
        }
        for (int r = 0; r < aims.length; r++) {
          double error = aims[r][k] - fitted[r][k];
          errors += error * error;
          squares += (aims[r][k] - middle) * (aims[r][k] - middle);
        }
      }
      sum += squares > 0 ? 1 - errors / squares : 0;
    }
    return sum / circle.length;
  }

  /**
   * Converts gradients of the targets to gradients of the state in its own units.
   *
   * @param fitted targets fitted at one point
   * @param slopes gradients of these targets, one row each
   */
  double[][] slopes(double[] fitted, double[][] slopes) {
    double[][] rows = new double[circle.length][];
    for (int i = 0; i < circle.length; i++) {
      int k = first[i];
      rows[i] =
          circle[i]
              ? turning(
                  mean[k] / scale[i] + fitted[k],
                  mean[k + 1] / scale[i] + fitted[k + 1],
                  slopes[k],
                  slopes[k + 1])
              : scaled(slopes[k], scale[i]);
    }
    return rows;
  }

  private static double[] scaled(double[] slopes, double factor) {
    return Arrays.stream(slopes).map(slope -> slope * factor).toArray();
  }

  /** Gradient of atan2(s, c), independent of the common scale of s and c. */
  private static double[] turning(double c, double s, double[] ofC, double[] ofS) {
    double square = Math.max(c * c + s * s, Double.MIN_NORMAL);
    double[] slopes = new double[ofC.length];
    for (int j = 0; j < slopes.length; j++) {
      slopes[j] = (c * ofS[j] - s * ofC[j]) / square;
    }
    return slopes;
  }
}
