package hgn.random;

/** Random permutations by the Fisher-Yates shuffle. */
public final class Permutation {
  private Permutation() {}

  /**
   * Returns the numbers 0 to count - 1 in a random order that depends on the seed and the stream
   * only.
   */
  public static int[] of(int count, long seed, long stream) {
    double[] random = new double[count];
    Philox.uniform(seed, stream, random);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = (int) (random[i] * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
