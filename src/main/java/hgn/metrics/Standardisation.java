package hgn.metrics;

/**
 * z-scores: shifts and scales the columns of a table to mean 0 and variance 1. A constant column is
 * only shifted.
 */
final class Standardisation {
  private final double[] mean;
  private final double[] deviation;

  private Standardisation(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /** Computes mean and deviation of the columns of at least one row. */
  static Standardisation of(double[][] rows) {
    int columns = rows[0].length;
    double[] mean = new double[columns];
    double[] deviation = new double[columns];
    for (int c = 0; c < columns; c++) {
      for (double[] row : rows) {
        mean[c] += row[c] / rows.length;
      }
      double squares = 0;
      for (double[] row : rows) {
        squares += (row[c] - mean[c]) * (row[c] - mean[c]);
      }
      double found = Math.sqrt(squares / rows.length);
      deviation[c] = found > 0 ? found : 1;
    }
    return new Standardisation(mean, deviation);
  }

  double[][] apply(double[][] rows) {
    double[][] scores = new double[rows.length][mean.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < mean.length; c++) {
        scores[r][c] = (rows[r][c] - mean[c]) / deviation[c];
      }
    }
    return scores;
  }

  /** The standard deviation of each column. */
  double[] deviation() {
    return deviation;
  }
}
