package hgn.random;

/** Random orders, by Fisher and Yates. */
public final class Permutation {
  private Permutation() {}

  /** 0 to count - 1 in an order that is a function of the seed and the stream. */
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
