package hgn.verify;

/** The symplecticity defect of a linear map. */
final class Symplecticity {
  private Symplecticity() {}

  /**
   * The Frobenius norm of M^T Omega M - Omega, with Omega = [[0, 1], [-1, 0]].
   *
   * @param m square, of even size; positions come before momenta. With Q and P the upper and lower
   *     halves of its rows, M^T Omega M = Q^T P - P^T Q
   */
  static double defect(double[][] m) {
    int size = m.length;
    int half = size / 2;
    double[][] product = new double[size][size]; // Q^T P
    for (int k = 0; k < half; k++) {
      double[] p = m[half + k];
      for (int i = 0; i < size; i++) {
        double q = m[k][i];
        for (int j = 0; q != 0 && j < size; j++) {
          product[i][j] += q * p[j];
        }
      }
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double omega = j == i + half ? 1 : i == j + half ? -1 : 0;
        double difference = product[i][j] - product[j][i] - omega;
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum);
  }
}
