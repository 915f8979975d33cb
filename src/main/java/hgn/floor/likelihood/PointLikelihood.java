package hgn.floor.likelihood;

/**
 * The likelihood of noisy coordinates that are observed directly: a product of normal densities.
 */
record PointLikelihood(Axis[] axes, double[] seen) implements FrameLikelihood {
  @Override
  public double log(double[] q, int at) {
    double sum = 0;
    for (int i = 0; i < axes.length; i++) {
      sum += axes[i].logDensity(seen[i], q[at + axes[i].index()]);
    }
    return sum;
  }
}
