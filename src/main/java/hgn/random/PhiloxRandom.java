package hgn.random;

import org.hipparchus.util.FastMath;
import org.hipparchus.util.SinCos;

/**
 * A sequential generator on one stream of {@link Philox} numbers. Under a given seed, block n of
 * the stream is computed from the counter
 *
 * <pre>
 * (c0, c1, c2, c3) = (n, domain, low word of stream, high word of stream)
 * </pre>
 *
 * so that two generators with the same seed but different streams or domains never use the same
 * counter, and any stream can be started without generating the others. Instances are cheap to
 * create and not thread-safe.
 */
public sealed class PhiloxRandom permits PrimarySampleRandom {
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
   * The stream {@code stream} under {@code seed}; {@code domain} separates different uses of the
   * same stream number.
   */
  public PhiloxRandom(long seed, long stream, int domain) {
    this.seed = seed;
    this.stream = stream;
    this.domain = domain;
  }

  /** Uniform over all 32-bit words. */
  public int nextInt() {
    return nextWord();
  }

  private int nextWord() {
    if (used == 4) {
      if (nextBlock > LOW) {
        throw new IllegalStateException(
            "[philox] stream "
                + stream
                + " is exhausted after 2^34 words; use another stream or domain");
      }
      Philox.block(seed, stream, (long) domain << 32 | nextBlock++, words);
      used = 0;
    }
    return words[used++];
  }

  /** Uniform over all 64-bit words; the first 32-bit word drawn is the high one. */
  public long nextLong() {
    long high = nextWord();
    return high << 32 | nextWord() & LOW;
  }

  /** Uniform on the multiples of 2^-53 in [0, 1). */
  public final double nextDouble() {
    return (nextLong() >>> 11) * TWO_TO_MINUS_53;
  }

  /** Uniform on [low, high). */
  public final double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Standard normal, by the Box-Muller transform: sqrt(-2 ln u) (cos 2 pi v, sin 2 pi v), u in (0,
   * 1], v in [0, 1). Numbers come in pairs; the second is kept for the next call.
   */
  public final double nextGaussian() {
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
}
