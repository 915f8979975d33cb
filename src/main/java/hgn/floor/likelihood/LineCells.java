package hgn.floor.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The whole line of a coordinate that is alone in its block, cut where a code changes. This finds
 * all values compatible with a frame, even if the path crosses a pixel twice.
 */
final class LineCells {
  private static final int STEPS = 8192;

  private final Block block;
  private final List<int[]> codes = new ArrayList<>();

  /** Segment i lies between edges i and i + 1. */
  private final List<Double> edges = new ArrayList<>();

  /** Cuts the line from {@code low} to {@code high}, or one full turn for an angle. */
  LineCells(Observation view, Block block, double[] q, double low, double high) {
    this.block = block;
    Axis axis = block.axes()[0];
    double from = axis.turns() ? 0 : low;
    double to = axis.turns() ? Axis.TURN : high;
    double[] at = q.clone();
    edges.add(axis.turns() ? from : Double.NEGATIVE_INFINITY);
    int[] last = codes(view, at, from);
    codes.add(last);
    for (int i = 1; i <= STEPS; i++) {
      double left = from + (to - from) * (i - 1) / STEPS;
      double right = from + (to - from) * i / STEPS;
      int[] next = codes(view, at, right);
      if (!same(last, next)) {
        edges.add(edge(view, at, left, right, last));
        codes.add(next);
        last = next;
      }
    }
    edges.add(axis.turns() ? to : Double.POSITIVE_INFINITY);
  }

  /** Bisects the interval in which the codes change down to adjacent floating-point numbers. */
  private double edge(Observation view, double[] at, double left, double right, int[] codesLeft) {
    double a = left;
    double b = right;
    for (double middle = (a + b) / 2; a < middle && middle < b; middle = (a + b) / 2) {
      if (same(codesLeft, codes(view, at, middle))) {
        a = middle;
      } else {
        b = middle;
      }
    }
    return b;
  }

  private int[] codes(Observation view, double[] at, double value) {
    at[block.axes()[0].index()] = value;
    return view.codes(at);
  }

  private boolean same(int[] a, int[] b) {
    return Arrays.stream(block.centres()).allMatch(k -> a[k] == b[k]);
  }

  /** The intervals compatible with a frame's codes, each (low, high); empty if there are none. */
  List<double[]> agreeing(int[] told) {
    List<double[]> found = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      if (Observation.agrees(told, codes.get(i), block.centres())) {
        double[] last = found.isEmpty() ? null : found.get(found.size() - 1);
        if (last != null && last[1] == edges.get(i)) {
          last[1] = edges.get(i + 1);
        } else {
          found.add(new double[] {edges.get(i), edges.get(i + 1)});
        }
      }
    }
    return found;
  }
}
