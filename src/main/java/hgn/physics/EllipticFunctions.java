package hgn.physics;

import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * Jacobi's elliptic functions of one argument, by the arithmetic-geometric mean (Abramowitz and
 * Stegun, 16.4): a_0 = 1, b_0 = k', a_(n+1) = (a_n + b_n) / 2, b_(n+1) = sqrt(a_n b_n), c_(n+1) =
 * (a_n - b_n) / 2 until c vanishes; then phi_N = 2^N a_N u and sin(2 phi_(n-1) - phi_n) = c_n / a_n
 * sin phi_n lead back to the amplitude phi_0.
 *
 * @param sn sine of the amplitude
 * @param cn cosine of the amplitude
 * @param dn sqrt(1 - k^2 sn^2)
 * @param quarter K, a quarter of the period of sn
 */
record EllipticFunctions(double sn, double cn, double dn, double quarter) {
  /** Least k': at 0 the mean would be 0, and sn, cn and dn do not differ from those at 0. */
  private static final double LEAST = 1e-150;

  /** More steps than {@link #LEAST} needs. */
  private static final int MAX_STEPS = 24;

  /**
   * Computes the functions at {@code u}.
   *
   * @param squared k^2, in [0, 1]
   * @param complement k'^2 = 1 - k^2, given separately because the difference loses its digits near
   *     k = 1
   */
  static EllipticFunctions of(double u, double squared, double complement) {
    double[] ratio = new double[MAX_STEPS];
    double a = 1;
    double b = Math.max(Math.sqrt(complement), LEAST);
    int steps = 0;
    double c;
    do {
      c = (a - b) / 2;
      double mean = (a + b) / 2;
      b = Math.sqrt(a * b);
      a = mean;
      ratio[steps++] = c / a;
    } while (c > Math.ulp(a) && steps < MAX_STEPS);
    double phi = Math.scalb(a * u, steps);
    for (int n = steps - 1; n >= 0; n--) {
      phi = (phi + FastMath.asin(ratio[n] * FastMath.sin(phi))) / 2;
    }
    SinCos amplitude = FastMath.sinCos(phi);
    double dn = Math.sqrt(complement + squared * amplitude.cos() * amplitude.cos());
    return new EllipticFunctions(amplitude.sin(), amplitude.cos(), dn, Math.PI / (2 * a));
  }
}
