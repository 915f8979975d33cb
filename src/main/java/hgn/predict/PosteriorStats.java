package hgn.predict;

import hgn.model.Posterior;

/**
 * Posteriors of z for some clips: diagonal Gaussians.
 *
 * @param means [clip][component of z]
 * @param variances [clip][component of z]
 */
public record PosteriorStats(double[][] means, double[][] variances) {
  static PosteriorStats of(Posterior posterior) {
    int clips = posterior.mean().shape().dim(0);
    double[] mean = posterior.mean().value().toDoubles();
    double[] logVariance = posterior.logVariance().value().toDoubles();
    int size = mean.length / clips;
    double[][] means = new double[clips][size];
    double[][] variances = new double[clips][size];
    for (int n = 0; n < clips; n++) {
      for (int i = 0; i < size; i++) {
        means[n][i] = mean[n * size + i];
        variances[n][i] = Math.exp(logVariance[n * size + i]);
      }
    }
    return new PosteriorStats(means, variances);
  }

  /**
   * KL(posterior || N(0, I)) of a clip in nats, the sum over components of (m^2 + v - 1 - ln v)/2.
   */
  public double divergence(int clip) {
    double sum = 0;
    for (int i = 0; i < means[clip].length; i++) {
      double m = means[clip][i];
      double v = variances[clip][i];
      sum += (m * m + v - 1 - Math.log(v)) / 2;
    }
    return sum;
  }

  /** Number of components of z whose variance is below {@code most}. */
  public int active(int clip, double most) {
    int count = 0;
    for (double variance : variances[clip]) {
      count += variance < most ? 1 : 0;
    }
    return count;
  }
}
