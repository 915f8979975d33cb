package hgn.floor.likelihood;

/**
 * Logarithms of normal probabilities, with a relative error of the probability below 1.2e-7 even
 * for tiny values.
 *
 * <p>erfc(z) = t exp(-z^2 + P(t)), t = 1 / (1 + z/2), z &gt;= 0, with a fitted polynomial P (Press
 * et al., Numerical Recipes, section "Incomplete gamma function", {@code erfcc}); its logarithm
 * needs no exponential and cannot underflow.
 */
public final class Normal {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double LOG_TWO = Math.log(2);
  private static final double[] FIT = {
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277
  };

  private Normal() {}

  /** log P(Z &gt; x) of a standard normal Z, x &gt;= 0. */
  static double logTail(double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double z = x * ROOT_HALF;
    double t = 1 / (1 + 0.5 * z);
    double fit = FIT[FIT.length - 1];
    for (int i = FIT.length - 2; i >= 0; i--) {
      fit = fit * t + FIT[i];
    }
    return Math.log(t) - z * z + fit - LOG_TWO;
  }

  /** log P(low &lt; Z &lt; high), low &lt; high; either may be infinite. */
  public static double logBetween(double low, double high) {
    if (low > 0) {
      return logDifference(logTail(low), logTail(high));
    }
    if (high < 0) {
      return logDifference(logTail(-high), logTail(-low));
    }
    return Math.log(1 - Math.exp(logTail(high)) - Math.exp(logTail(-low)));
  }

  /** log(e^a - e^b), a &gt; b. */
  private static double logDifference(double a, double b) {
    return a + Math.log1p(-Math.exp(b - a));
  }

  /** log(e^a + e^b). */
  static double logSum(double a, double b) {
    double larger = Math.max(a, b);
    return larger == Double.NEGATIVE_INFINITY
        ? larger
        : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
  }
}
