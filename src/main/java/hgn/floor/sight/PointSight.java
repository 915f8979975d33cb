package hgn.floor.sight;

/** Coordinates with noise that were seen as they are: the product of their normal densities. */
record PointSight(Axis[] axes, double[] seen) implements Sight {
  @Override
  public double log(double[] q, int at) {
    double sum = 0;
    for (int i = 0; i < axes.length; i++) {
      sum += axes[i].logDensity(seen[i], q[at + axes[i].index()]);
    }
    return sum;
  }
}
