package hgn.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * One group of neighbouring axes that is summed over: (outer, reduced, inner) becomes (outer,
 * inner).
 *
 * @param outer elements before the group
 * @param reduced elements in the group
 * @param inner elements after the group
 */
public record AxisReduction(long outer, long reduced, long inner) {
  /**
   * Returns the passes that sum {@code large} over the axes that are 1 in {@code small}, in order
   * from the outermost group; if there is no such axis, a single pass over groups of one element.
   */
  public static List<AxisReduction> between(Shape large, Shape small) {
    List<AxisReduction> passes = new ArrayList<>();
    long outer = 1;
    long left = large.count();
    int axis = 0;
    do {
      while (axis < large.rank() && !reduces(large, small, axis)) {
        outer *= large.dim(axis++);
      }
      long reduced = 1;
      while (axis < large.rank() && (reduces(large, small, axis) || large.dim(axis) == 1)) {
        reduced *= large.dim(axis++);
      }
      left /= reduced;
      passes.add(new AxisReduction(outer, reduced, left / outer));
    } while (left != small.count());
    return passes;
  }

  /** Number of elements of the result. */
  public long results() {
    return outer * inner;
  }

  private static boolean reduces(Shape large, Shape small, int axis) {
    return small.dim(axis) != large.dim(axis);
  }
}
