package hgn.random;

/**
 * Philox4x32-10, a counter-based generator (Salmon et al., "Parallel random numbers: as easy as 1,
 * 2, 3", 2011): the i-th number is a pure function of key and counter, so that every backend and
 * thread can draw any part of a stream, and a checkpoint needs to store positions only.
 *
 * <p>Key: the 64-bit seed. Counter: the block index in the low and the stream in the high 64 bits.
 */
public final class Philox {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final double UNIT = 0x1p-32;

  private Philox() {}

  /** Writes the four 32-bit words of block {@code block} to {@code out}. */
  public static void block(long seed, long stream, long block, int[] out) {
    int key0 = (int) seed;
    int key1 = (int) (seed >>> 32);
    int c0 = (int) block;
    int c1 = (int) (block >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (c0 & 0xFFFFFFFFL) * MULTIPLIER_0;
      long product1 = (c2 & 0xFFFFFFFFL) * MULTIPLIER_1;
      int next0 = (int) (product1 >>> 32) ^ c1 ^ key0;
      int next2 = (int) (product0 >>> 32) ^ c3 ^ key1;
      c1 = (int) product1;
      c3 = (int) product0;
      c0 = next0;
      c2 = next2;
      key0 += WEYL_0;
      key1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }

  /** A 32-bit word as a number strictly between 0 and 1. */
  public static double uniform(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * UNIT;
  }

  /**
   * Fills {@code out} with the first standard normal numbers of a stream. Numbers 4k to 4k+3 come
   * from block k by the Box-Muller transform: words (0, 1) and (2, 3) each give radius {@code
   * sqrt(-2 ln u)} and angle {@code 2 pi u'}; the cosine comes before the sine.
   */
  public static void normal(long seed, long stream, double[] out) {
    normal(seed, stream, 0, out);
  }

  /** The same, starting at block {@code first}. */
  public static void normal(long seed, long stream, long first, double[] out) {
    int[] words = new int[4];
    for (int i = 0; i < out.length; i += 2) {
      if (i % 4 == 0) {
        block(seed, stream, first + i / 4, words);
      }
      int pair = i % 4;
      double radius = Math.sqrt(-2 * Math.log(uniform(words[pair])));
      double angle = 2 * Math.PI * uniform(words[pair + 1]);
      out[i] = radius * Math.cos(angle);
      if (i + 1 < out.length) {
        out[i + 1] = radius * Math.sin(angle);
      }
    }
  }

  /**
   * Fills {@code out} with the numbers of the same stream that follow its first {@code skipped}.
   */
  public static void normalFrom(long seed, long stream, long skipped, double[] out) {
    int lead = (int) (skipped % 4);
    double[] whole = new double[lead + out.length];
    normal(seed, stream, skipped / 4, whole);
    System.arraycopy(whole, lead, out, 0, out.length);
  }

  /** Fills {@code out} with the first uniform numbers of a stream, word by word, within (0, 1). */
  public static void uniform(long seed, long stream, double[] out) {
    int[] words = new int[4];
    for (int i = 0; i < out.length; i++) {
      if (i % 4 == 0) {
        block(seed, stream, i / 4, words);
      }
      out[i] = uniform(words[i % 4]);
    }
  }
}
