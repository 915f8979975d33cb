package hgn.floor.likelihood;

/**
 * One coordinate q and the noise on it.
 *
 * @param index index of the coordinate
 * @param turns whether the coordinate is an angle: the picture is the same at q + 2 pi
 * @param sigma standard deviation of the noise
 */
record Axis(int index, boolean turns, double sigma) {
  static final double TURN = 2 * Math.PI;

  /** Standard deviations beyond which noise is neglected. */
  private static final double REACH = 4.5;

  /** log P(low &lt; q + noise &lt; high), modulo 2 pi for an angle. */
  double logBetween(double low, double high, double q) {
    if (!turns) {
      return Normal.logBetween((low - q) / sigma, (high - q) / sigma);
    }
    double at = q + nearestTurn((low + high) / 2 - q);
    double sum = Normal.logBetween((low - at) / sigma, (high - at) / sigma);
    for (int k = 1; k <= otherTurns(); k++) {
      double up = at + k * TURN;
      double down = at - k * TURN;
      sum = Normal.logSum(sum, Normal.logBetween((low - up) / sigma, (high - up) / sigma));
      sum = Normal.logSum(sum, Normal.logBetween((low - down) / sigma, (high - down) / sigma));
    }
    return sum;
  }

  /** log of the density of q + noise at z, up to a constant. */
  double logDensity(double z, double q) {
    double away = turns ? z - q - nearestTurn(z - q) : z - q;
    double sum = exponent(away);
    if (turns) {
      for (int k = 1; k <= otherTurns(); k++) {
        sum = Normal.logSum(sum, exponent(away + k * TURN));
        sum = Normal.logSum(sum, exponent(away - k * TURN));
      }
    }
    return sum;
  }

  private double exponent(double away) {
    double z = away / sigma;
    return -0.5 * z * z;
  }

  private static double nearestTurn(double difference) {
    return TURN * Math.rint(difference / TURN);
  }

  /** Number of additional turns to each side within reach of the noise. */
  private int otherTurns() {
    return REACH * sigma < Math.PI ? 0 : (int) Math.ceil(REACH * sigma / TURN);
  }
}
