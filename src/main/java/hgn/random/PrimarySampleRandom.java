package hgn.random;

/**
 * A generator with prescribed first numbers: the k-th number drawn, of whatever kind, is derived
 * from the k-th given number in [0, 1). Later numbers come from a Philox stream.
 *
 * <p>Whatever is sampled with it is therefore a function of a point in the unit cube, so that
 * Markov chain Monte Carlo can explore a distribution that is known only through its sampler by
 * walking in that cube (Kelemen et al., "A Simple and Robust Mutation Strategy for the Metropolis
 * Light Transport Algorithm", 2002, call the cube the primary sample space).
 */
public final class PrimarySampleRandom extends PhiloxRandom {
  private static final int WORD = 32;
  private static final int SPARE_BITS = 11;
  private final double[] chosen;
  private int used;

  /**
   * Starts with the numbers {@code chosen}, which are not copied, and continues with those of a
   * stream.
   */
  public PrimarySampleRandom(double[] chosen, long seed, long stream, int domain) {
    super(seed, stream, domain);
    this.chosen = chosen;
  }

  /** Returns how many numbers have been drawn. */
  public int used() {
    return used;
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> WORD);
  }

  @Override
  public long nextLong() {
    int k = used++;
    return k < chosen.length ? (long) (chosen[k] * 0x1p53) << SPARE_BITS : super.nextLong();
  }
}
