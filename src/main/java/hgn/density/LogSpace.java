package hgn.density;

/** Arithmetic on log-densities, without overflow or underflow. */
public final class LogSpace {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private LogSpace() {}

  /** ln of the mean of e^t over all t. */
  public static double meanExp(double[] terms) {
    double most = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      most = Math.max(most, term);
    }
    if (Double.isInfinite(most)) {
      return most;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - most);
    }
    return most + Math.log(sum / terms.length);
  }

  /** ln N(x; 0, deviation). */
  static double gaussian(double x, double deviation) {
    double z = x / deviation;
    return -0.5 * z * z - HALF_LOG_TWO_PI - Math.log(deviation);
  }
}
