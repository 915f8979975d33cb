package hgn.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of many steps, of which only so many are kept that a page can draw them: when there are
 * too many, every other one goes. Safe to read from other threads.
 */
final class LiveCurve {
  private static final int MOST = 2048;

  private final List<Long> steps = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();
  private long stride = 1;

  /** Adds the numbers of a step, which come in ascending order. */
  synchronized void add(long step, double... row) {
    if (step % stride != 0) {
      return;
    }
    steps.add(step);
    rows.add(row);
    if (steps.size() > MOST) {
      thin();
    }
  }

  private void thin() {
    stride *= 2;
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i) % stride != 0) {
        steps.remove(i);
        rows.remove(i);
      }
    }
  }

  /** Returns the steps after {@code step} that are kept. */
  synchronized List<Long> steps(long step) {
    return steps.stream().filter(kept -> kept > step).toList();
  }

  /** Returns number {@code column} of the steps after {@code step}. */
  synchronized List<Double> values(long step, int column) {
    double[] values = new double[steps.size()];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (steps.get(i) > step) {
        values[count++] = rows.get(i)[column];
      }
    }
    return Numbers.of(Arrays.copyOf(values, count));
  }
}
