package hgn.backend.jvm;

import hgn.tensor.Shape;

/**
 * Maps elements of a large shape to elements of a small one that is broadcast to it; both have the
 * same rank.
 *
 * <p>Neighbouring axes that are all repeated, or all not, are merged. The innermost merged axis is
 * a run, within which the position either advances with each element or stays.
 */
final class Repeat {
  private final int[] sizes;
  private final int[] strides;
  private final int groups;

  Repeat(Shape small, Shape large) {
    int rank = large.rank();
    sizes = new int[rank + 1];
    strides = new int[rank + 1];
    int used = 0;
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int size = large.dim(axis);
      boolean repeated = small.dim(axis) != size;
      if (size == 1) {
        continue;
      }
      if (used > 0 && repeated == (strides[used - 1] == 0)) {
        sizes[used - 1] *= size;
      } else {
        sizes[used] = size;
        strides[used] = repeated ? 0 : stride;
        used++;
      }
      stride *= repeated ? 1 : size;
    }
    if (used == 0) {
      sizes[0] = 1;
      strides[0] = 1;
      used = 1;
    }
    groups = used;
  }

  /** Whether nothing is repeated. */
  boolean isIdentity() {
    return groups == 1 && strides[0] == 1;
  }

  /** Length of a run. */
  int run() {
    return sizes[0];
  }

  /** Whether all elements of a run have the same position. */
  boolean runRepeats() {
    return strides[0] == 0;
  }

  /** Size of the outermost group of axes. */
  int outerSize() {
    return sizes[groups - 1];
  }

  /** Whether the outermost group of axes is repeated. */
  boolean outerRepeats() {
    return strides[groups - 1] == 0;
  }

  /** Position in the small shape of element {@code index} of the large one. */
  int position(int index) {
    int rest = index;
    int position = 0;
    for (int group = 0; group < groups; group++) {
      position += rest % sizes[group] * strides[group];
      rest /= sizes[group];
    }
    return position;
  }
}
