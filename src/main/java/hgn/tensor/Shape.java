package hgn.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An immutable list of dimensions, row-major: the last one is contiguous in memory. */
public final class Shape {
  /** The shape of a scalar: rank 0, one element. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final long count;

  private Shape(int[] dims) {
    long product = 1;
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException(
            "[shape] dimensions must be at least 1, got " + describe(dims));
      }
      product = Math.multiplyExact(product, (long) d);
    }
    this.dims = dims;
    this.count = product;
  }

  /**
   * The shape with these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is below 1
   */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Number of elements. */
  public long count() {
    return count;
  }

  /** Dimension {@code axis}; negative axes count from the end. */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /**
   * {@code axis} as an index from 0, where negative axes count from the end.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int index = axis < 0 ? axis + dims.length : axis;
    if (index < 0 || index >= dims.length) {
      throw new IllegalArgumentException(
          "[shape] axis " + axis + " does not exist in " + this + " of rank " + dims.length);
    }
    return index;
  }

  /** A copy of the dimensions. */
  public int[] dims() {
    return dims.clone();
  }

  /** This shape with dimension {@code axis} replaced. */
  public Shape with(int axis, int dim) {
    int[] copy = dims.clone();
    copy[axis(axis)] = dim;
    return of(copy);
  }

  /** This shape with dimensions of 1 prepended until it has {@code rank} dimensions. */
  public Shape expandedTo(int rank) {
    int[] expanded = new int[Math.max(rank, dims.length)];
    Arrays.fill(expanded, 1);
    System.arraycopy(dims, 0, expanded, expanded.length - dims.length, dims.length);
    return of(expanded);
  }

  /** Product of the dimensions before {@code axis}. */
  public long outer(int axis) {
    return product(0, axis(axis));
  }

  /** Product of the dimensions after {@code axis}. */
  public long inner(int axis) {
    return product(axis(axis) + 1, dims.length);
  }

  private long product(int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product *= dims[i];
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The dimensions in brackets, such as {@code (16,32,32,48)}. */
  @Override
  public String toString() {
    return describe(dims);
  }

  private static String describe(int[] dims) {
    return Arrays.stream(dims)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "(", ")"));
  }
}
