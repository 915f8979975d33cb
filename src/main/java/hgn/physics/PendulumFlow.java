package hgn.physics;

import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * The exact solution of q'' = -w^2 sin q, in successive steps of dt.
 *
 * <p>With S = sin(q/2), D = cos(q/2), C = q'/(2w) the motion is (S, C, D) = (k sn, k cn, dn)(w t +
 * u0), where k^2 = S^2 + C^2 is the energy in units of that at the upper equilibrium. By the
 * addition theorem, with s, c, d the sn, cn, dn of w dt, after dt
 *
 * <pre>
 * (S, C, D) = (S c d + s C D,  C c - S s D d,  D d - S C s c) / (D^2 + S^2 c^2)
 * </pre>
 *
 * For k &gt; 1, where the pendulum turns over, sn(u, k) = sn(ku, 1/k) / k, cn(u, k) = dn(ku, 1/k)
 * and dn(u, k) = cn(ku, 1/k). (S, D) determine q/2 up to whole turns. The turn is the one nearest
 * to the mean motion of q/2, w k dt pi / (2 K) when turning over and 0 otherwise, which is less
 * than half a turn from the truth.
 */
final class PendulumFlow {
  private final double s;
  private final double c;
  private final double d;
  private final double mean;
  private double sine;
  private double speed;
  private double cosine;
  private double half;

  /**
   * Creates a motion with this initial state.
   *
   * @param q angle in radians
   * @param speed C, the angular velocity over 2w
   * @param phase w dt
   */
  PendulumFlow(double q, double speed, double phase) {
    this.half = q / 2;
    this.speed = speed;
    SinCos start = FastMath.sinCos(half);
    this.sine = start.sin();
    this.cosine = start.cos();
    double squared = sine * sine + speed * speed;
    double complement = (cosine - speed) * (cosine + speed);
    if (complement >= 0) {
      EllipticFunctions swinging = EllipticFunctions.of(phase, squared, complement);
      s = swinging.sn();
      c = swinging.cn();
      d = swinging.dn();
      mean = 0;
    } else {
      double k = Math.sqrt(squared);
      EllipticFunctions turning =
          EllipticFunctions.of(k * phase, 1 / squared, -complement / squared);
      s = turning.sn() / k;
      c = turning.dn();
      d = turning.cn();
      mean = Math.signum(speed) * k * phase * Math.PI / (2 * turning.quarter());
    }
  }

  /** Advances by dt. */
  void step() {
    double below = cosine * cosine + sine * sine * c * c;
    double nextSine = (sine * c * d + s * speed * cosine) / below;
    double nextSpeed = (speed * c - sine * s * cosine * d) / below;
    double nextCosine = (cosine * d - sine * speed * s * c) / below;
    double norm = Math.sqrt(nextSine * nextSine + nextCosine * nextCosine); // 1 up to rounding
    sine = nextSine / norm;
    speed = nextSpeed;
    cosine = nextCosine / norm;
    double angle = FastMath.atan2(sine, cosine);
    half = angle + 2 * Math.PI * Math.rint((half + mean - angle) / (2 * Math.PI));
  }

  /** q in radians, without jumps. */
  double angle() {
    return 2 * half;
  }

  /** C, the angular velocity over 2w. */
  double speed() {
    return speed;
  }
}
