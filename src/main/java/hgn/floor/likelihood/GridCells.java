package hgn.floor.likelihood;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The set of coordinates compatible with a frame, if several together determine a centre, as a
 * union of thin boxes. A fine lattice is flood-filled from a point in the set; then its columns
 * along the last axis are cut where the codes change. The lattice spacing is half a standard
 * deviation of the noise, within limits.
 *
 * <p>Only the component connected with that point is found. Along a coordinate that hardly moves a
 * centre, the fill stops after {@link #MOST} lattice steps.
 */
final class GridCells {
  /** Minimum and maximum lattice steps per pixel of a centre's motion. */
  private static final double COARSE = 12;

  private static final double FINE = 40;
  private static final double MIN_SLOPE = 0.05;
  private static final double NUDGE = 1e-4;
  private static final int MOST = 400;
  private static final int MAX_NODES = 50_000;
  private static final int SCANS = 4;
  private static final int HALVINGS = 40;

  private final Observation view;
  private final Block block;
  private final double[] place;
  private final int[] told;
  private final double[] step;

  /** Starts at {@code place}, whose frame has the codes {@code told}. */
  GridCells(Observation view, Block block, double[] place, int[] told) {
    this.view = view;
    this.block = block;
    this.place = place;
    this.told = told;
    step = new double[block.axes().length];
    for (int i = 0; i < step.length; i++) {
      Axis axis = block.axes()[i];
      double pixel = view.pixel() / Math.max(slope(axis.index()), MIN_SLOPE);
      step[i] = Math.min(pixel / COARSE, Math.max(axis.sigma() / 2, pixel / FINE));
    }
  }

  /** The largest derivative of the block's centres with respect to coordinate {@code j}. */
  private double slope(int j) {
    double[] here = Block.centres(view, place);
    double[] there = Block.centres(view, Block.moved(place, j, NUDGE));
    double most = 0;
    for (int k : block.centres()) {
      most = Math.max(most, Math.abs(there[k] - here[k]) / NUDGE);
    }
    return most;
  }

  /** The boxes, each (low_0, high_0, low_1, high_1, ...). */
  List<double[]> boxes() {
    int last = step.length - 1;
    Map<List<Integer>, int[]> columns = new LinkedHashMap<>();
    for (List<Integer> node : flooded()) {
      for (List<Integer> column : around(node.subList(0, last))) {
        int[] range =
            columns.computeIfAbsent(column, c -> new int[] {node.get(last), node.get(last)});
        range[0] = Math.min(range[0], node.get(last));
        range[1] = Math.max(range[1], node.get(last));
      }
    }
    List<double[]> boxes = new ArrayList<>();
    columns.forEach((column, range) -> cut(column, range, boxes));
    return boxes;
  }

  /** All lattice nodes in the set that are connected with the origin. */
  private Set<List<Integer>> flooded() {
    Integer[] origin = new Integer[step.length];
    Arrays.fill(origin, 0);
    Set<List<Integer>> found = new HashSet<>(Set.of(List.of(origin)));
    List<List<Integer>> inOrder = new ArrayList<>(found);
    Deque<List<Integer>> open = new ArrayDeque<>(found);
    while (!open.isEmpty() && found.size() < MAX_NODES) {
      List<Integer> node = open.remove();
      for (int i = 0; i < step.length; i++) {
        for (int way = -1; way <= 1; way += 2) {
          List<Integer> next = shifted(node, i, way);
          if (Math.abs(next.get(i)) <= MOST && !found.contains(next) && isIn(point(next))) {
            found.add(next);
            inOrder.add(next);
            open.add(next);
          }
        }
      }
    }
    return new LinkedHashSet<>(inOrder);
  }

  /** A column and its neighbours, which the set may reach between nodes. */
  private static List<List<Integer>> around(List<Integer> column) {
    List<List<Integer>> all = new ArrayList<>(List.of(List.copyOf(column)));
    for (int i = 0; i < column.size(); i++) {
      all.add(shifted(column, i, -1));
      all.add(shifted(column, i, 1));
    }
    return all;
  }

  private static List<Integer> shifted(List<Integer> node, int i, int way) {
    List<Integer> shifted = new ArrayList<>(node);
    shifted.set(i, node.get(i) + way);
    return List.copyOf(shifted);
  }

  private double[] point(List<Integer> node) {
    double[] q = place.clone();
    for (int i = 0; i < node.size(); i++) {
      q[block.axes()[i].index()] += node.get(i) * step[i];
    }
    return q;
  }

  private boolean isIn(double[] q) {
    return Observation.agrees(told, view.codes(q), block.centres());
  }

  /** Adds the parts of a column in the set, searching slightly beyond the filled range. */
  private void cut(List<Integer> column, int[] range, List<double[]> boxes) {
    int last = step.length - 1;
    int index = block.axes()[last].index();
    double[] q = point(column);
    double origin = q[index];
    double scan = step[last] / SCANS;
    double begin = Double.NaN;
    boolean inside = false;
    double previous = origin + (range[0] - 1) * step[last];
    int scans = (range[1] - range[0] + 2) * SCANS;
    for (int i = 0; i <= scans + 1; i++) {
      double now = origin + (range[0] - 1) * step[last] + i * scan;
      q[index] = now;
      boolean next = i <= scans && isIn(q);
      if (next != inside) {
        double edge = i == 0 || i > scans ? previous : edge(q, index, previous, now, inside);
        if (next) {
          begin = edge;
        } else if (edge > begin) {
          boxes.add(box(column, begin, edge));
        }
        inside = next;
      }
      previous = now;
    }
  }

  private double edge(double[] q, int index, double left, double right, boolean insideLeft) {
    double a = left;
    double b = right;
    for (int i = 0; i < HALVINGS; i++) {
      q[index] = (a + b) / 2;
      if (isIn(q) == insideLeft) {
        a = q[index];
      } else {
        b = q[index];
      }
    }
    return b;
  }

  private double[] box(List<Integer> column, double begin, double end) {
    double[] box = new double[2 * step.length];
    for (int i = 0; i < column.size(); i++) {
      double middle = place[block.axes()[i].index()] + column.get(i) * step[i];
      box[2 * i] = middle - step[i] / 2;
      box[2 * i + 1] = middle + step[i] / 2;
    }
    box[box.length - 2] = begin;
    box[box.length - 1] = end;
    return box;
  }
}
