package hgn.tensor;

/**
 * Shape rules of broadcasting: shapes are aligned at the last axis, and dimensions of 1 are
 * repeated.
 */
public final class Broadcast {
  private Broadcast() {}

  /**
   * Returns the shape that a and b are both broadcast to.
   *
   * @throws IllegalArgumentException if a pair of dimensions differs and neither is 1
   */
  public static Shape shape(String op, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    Shape left = a.expandedTo(rank);
    Shape right = b.expandedTo(rank);
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int m = left.dim(i);
      int n = right.dim(i);
      if (m != n && m != 1 && n != 1) {
        throw new IllegalArgumentException(
            "["
                + op
                + "] shapes "
                + a
                + " and "
                + b
                + " do not broadcast: "
                + m
                + " against "
                + n
                + " in axis "
                + i
                + "; one of them must be 1");
      }
      dims[i] = Math.max(m, n);
    }
    return Shape.of(dims);
  }

  /**
   * Checks that a tensor of shape {@code small} can be broadcast to shape {@code large}.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static void requireReach(String op, Shape small, Shape large) {
    boolean fits = small.rank() <= large.rank();
    if (fits) {
      Shape from = small.expandedTo(large.rank());
      for (int i = 0; i < large.rank(); i++) {
        fits &= from.dim(i) == large.dim(i) || from.dim(i) == 1;
      }
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] repeating "
              + small
              + " along axes of 1 cannot give "
              + large
              + "; reshape one");
    }
  }
}
