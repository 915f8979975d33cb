package hgn.random;

/**
 * A generator whose first numbers are chosen: the k-th number drawn, whatever its kind, is made
 * from the k-th of given numbers in [0, 1); those beyond come from a Philox stream.
 *
 * <p>So whatever draws from it is a function of a point in the unit cube, uniform there if the
 * numbers are, and a distribution known only by its sampler can be walked through in that cube
 * (Kelemen et al., "A Simple and Robust Mutation Strategy for the Metropolis Light Transport
 * Algorithm", 2002, call it the primary sample space).
 */
public final class ChosenRandom extends PhiloxRandom {
  private static final int WORD = 32;
  private static final int SPARE_BITS = 11;
  private final double[] chosen;
  private int used;

  /** Begins with {@code chosen}, which is not copied; then follow the numbers of a stream. */
  public ChosenRandom(double[] chosen, long seed, long stream, int domain) {
    super(seed, stream, domain);
    this.chosen = chosen;
  }

  /** How many numbers have been drawn. */
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
