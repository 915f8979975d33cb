package hgn.tapeview;

import java.util.Arrays;
import java.util.List;

/**
 * The horizontal positions of the places in each layer: as near as possible to the mean of their
 * neighbours in adjacent layers, without overlap or change of order.
 *
 * <p>For one layer this is a least-squares problem with x_(i+1) - x_i &gt;= the room needed. After
 * subtracting the room to the left of each place it is an {@link IsotonicRegression}.
 */
final class Columns {
  private static final int SWEEPS = 40;
  private static final double GAP = 18;
  private static final double POINT_GAP = 9;

  /** Weight of the alignment of an arrow's points, which keeps long arrows straight. */
  private static final double STRAIGHTNESS = 6;

  private final Layers layers;
  private final double[] widths;
  private final double[] x;

  private Columns(Layers layers, double[] widths) {
    this.layers = layers;
    this.widths = widths;
    this.x = new double[layers.size()];
  }

  /**
   * Returns the centres of all places; the leftmost edge is at 0.
   *
   * @param widths of the boxes
   */
  static double[] of(Layers layers, double[] widths) {
    Columns columns = new Columns(layers, widths);
    columns.settle();
    return columns.x;
  }

  private void settle() {
    layers.layers().forEach(layer -> place(layer, new double[layer.size()], ones(layer.size())));
    int depth = layers.layers().size();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < depth; i++) {
        attract(layers.layers().get(sweep % 2 == 0 ? i : depth - 1 - i));
      }
    }
    double left = Double.POSITIVE_INFINITY;
    for (int place = 0; place < x.length; place++) {
      left = Math.min(left, x[place] - width(place) / 2);
    }
    for (int place = 0; place < x.length; place++) {
      x[place] -= left;
    }
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double width(int place) {
    return layers.isPoint(place) ? 0 : widths[place];
  }

  private void attract(List<Integer> layer) {
    double[] wanted = new double[layer.size()];
    double[] weights = new double[layer.size()];
    for (int i = 0; i < wanted.length; i++) {
      int place = layer.get(i);
      double sum = 0;
      for (List<Integer> side : List.of(layers.above(place), layers.below(place))) {
        for (int other : side) {
          double weight = layers.isPoint(place) && layers.isPoint(other) ? STRAIGHTNESS : 1;
          sum += weight * x[other];
          weights[i] += weight;
        }
      }
      wanted[i] = weights[i] == 0 ? x[place] : sum / weights[i];
      weights[i] = Math.max(weights[i], 0.01);
    }
    place(layer, wanted, weights);
  }

  private void place(List<Integer> layer, double[] wanted, double[] weights) {
    int count = layer.size();
    double[] offset = new double[count];
    for (int i = 1; i < count; i++) {
      offset[i] = offset[i - 1] + room(layer.get(i - 1), layer.get(i));
    }
    for (int i = 0; i < count; i++) {
      wanted[i] -= offset[i];
    }
    double[] row = IsotonicRegression.fit(wanted, weights);
    for (int i = 0; i < count; i++) {
      x[layer.get(i)] = row[i] + offset[i];
    }
  }

  private double room(int left, int right) {
    boolean points = layers.isPoint(left) || layers.isPoint(right);
    return (width(left) + width(right)) / 2 + (points ? POINT_GAP : GAP);
  }
}
