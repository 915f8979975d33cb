package hgn.physics;

import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011). The n-th block of four 32-bit words is a keyed bijection
 * of the counter
 *
 * <pre>
 * (c0, c1, c2, c3) = (n, domain, low word of stream, high word of stream),  key = (low, high word of seed)
 * </pre>
 *
 * so that two generators which differ in stream or domain never see the same counter under the same
 * seed, and any stream can be entered without running through the others. An instance is a cursor
 * on one stream: cheap to make, not to be shared between threads.
 */
public final class PhiloxRandom {
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long LOW = 0xFFFFFFFFL;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private final long seed;
  private final long stream;
  private final int domain;
  private final int[] words = new int[4];
  private long nextBlock;
  private int used = 4;
  private double spare;
  private boolean hasSpare;

  /** The stream {@code stream} of domain 0 under {@code seed}. */
  public PhiloxRandom(long seed, long stream) {
    this(seed, stream, 0);
  }

  /**
   * The stream {@code stream} under {@code seed}; {@code domain} separates uses of one and the same
   * stream number.
   */
  public PhiloxRandom(long seed, long stream, int domain) {
    this.seed = seed;
    this.stream = stream;
    this.domain = domain;
  }

  /** Uniform over all 32-bit words. */
  public int nextInt() {
    if (used == 4) {
      if (nextBlock > LOW) {
        throw new IllegalStateException(
            "[philox] stream "
                + stream
                + " is exhausted after 2^34 words; use another stream or domain");
      }
      block(
          (int) nextBlock++,
          domain,
          (int) stream,
          (int) (stream >>> 32),
          (int) seed,
          (int) (seed >>> 32),
          words);
      used = 0;
    }
    return words[used++];
  }

  /** Uniform over all 64-bit words; the first 32-bit word drawn is the high one. */
  public long nextLong() {
    long high = nextInt();
    return high << 32 | nextInt() & LOW;
  }

  /** Uniform on the multiples of 2^-53 in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * TWO_TO_MINUS_53;
  }

  /** Uniform on [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Standard normal, by Box and Muller: sqrt(-2 ln u) (cos 2 pi v, sin 2 pi v), u in (0, 1], v in
   * [0, 1). Numbers come in pairs, the second being kept for the next call.
   */
  public double nextGaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double radius = Math.sqrt(-2 * FastMath.log(1 - nextDouble()));
    SinCos angle = FastMath.sinCos(2 * Math.PI * nextDouble());
    spare = radius * angle.sin();
    hasSpare = true;
    return radius * angle.cos();
  }

  /**
   * The bijection itself: ten rounds on counter (c0..c3) under key (k0, k1), written to {@code
   * out[0..3]}.
   */
  static void block(int c0, int c1, int c2, int c3, int k0, int k1, int[] out) {
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = M0 * (c0 & LOW);
      long product1 = M1 * (c2 & LOW);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c1 = (int) product1;
      c3 = (int) product0;
      k0 += W0;
      k1 += W1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }
}
