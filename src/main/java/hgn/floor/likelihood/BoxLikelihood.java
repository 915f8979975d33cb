package hgn.floor.likelihood;

import java.util.List;

/**
 * The likelihood of observing that noisy coordinates lie in a union of disjoint boxes: the sum over
 * the boxes of the products of P(low_i &lt; q_i + noise &lt; high_i).
 */
final class BoxLikelihood implements FrameLikelihood {
  private final Axis[] axes;
  private final double[] edges;

  /**
   * Creates it for at least one box.
   *
   * @param boxes each (low_0, high_0, low_1, high_1, ...), in the order of the axes
   */
  BoxLikelihood(Axis[] axes, List<double[]> boxes) {
    this.axes = axes;
    edges = new double[boxes.size() * 2 * axes.length];
    for (int b = 0; b < boxes.size(); b++) {
      System.arraycopy(boxes.get(b), 0, edges, b * 2 * axes.length, 2 * axes.length);
    }
  }

  @Override
  public double log(double[] q, int at) {
    double sum = box(q, at, 0);
    for (int from = 2 * axes.length; from < edges.length; from += 2 * axes.length) {
      sum = Normal.logSum(sum, box(q, at, from));
    }
    return sum;
  }

  private double box(double[] q, int at, int from) {
    double sum = 0;
    for (int i = 0; i < axes.length; i++) {
      int edge = from + 2 * i;
      sum += axes[i].logBetween(edges[edge], edges[edge + 1], q[at + axes[i].index()]);
    }
    return sum;
  }
}
