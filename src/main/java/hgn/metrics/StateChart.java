package hgn.metrics;

import java.util.Arrays;

/**
 * How true states are written as numbers that a fit can aim at: a coordinate as its z-score, or, if
 * it is an angle, as the point (cos, sin) of a circle.
 *
 * <p>An angle as a number grows with every turn, or jumps where it is wrapped, and either is no
 * continuous function of what a picture shows. Its point on the circle is one, whether a pendulum
 * swings or turns over. From a fit (c, s) of that point the angle is atan2(s, c), and its slope (c
 * ds - s dc) / (c^2 + s^2). Both numbers of a point have one scale, the root of the sum of their
 * variances, so that where the angle hardly moves they count as it would: nearly all variance is
 * then that of one of them.
 */
final class StateChart {
  private final double[][] targets;
  private final int[] first;
  private final boolean[] circle;
  private final double[] mean;
  private final double[] scale;

  /**
   * The chart in which these states are written.
   *
   * @param states rows of 2n numbers
   * @param circle which of them are to be points of a circle
   */
  StateChart(double[][] states, boolean[] circle) {
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

  /** What a fit aims at, a row for each state. */
  double[][] targets() {
    return targets;
  }

  /**
   * Coefficient of determination of a fit: 1 - sum |y - f|^2 / sum |y - mean y|^2 of each
   * coordinate, the points of a circle taken as vectors, averaged over the coordinates; 1 is a
   * perfect fit, 0 no better than the mean.
   *
   * @param fitted rows of numbers like {@code aims}
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
   * The slopes of the state itself, in its own units.
   *
   * @param fitted numbers of a fit at one point
   * @param slopes of these numbers, a row for each
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

  /** Slopes of atan2(s, c), whatever the common unit of s and c is. */
  private static double[] turning(double c, double s, double[] ofC, double[] ofS) {
    double square = Math.max(c * c + s * s, Double.MIN_NORMAL);
    double[] slopes = new double[ofC.length];
    for (int j = 0; j < slopes.length; j++) {
      slopes[j] = (c * ofS[j] - s * ofC[j]) / square;
    }
    return slopes;
  }
}
