package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/**
 * A diagonal Gaussian over z.
 *
 * @param mean (N, height, width, channels)
 * @param logVariance of the same shape
 */
public record Posterior(Var mean, Var logVariance) {
  /** Keeps the logarithm of the variance of equal means finite. */
  private static final double SMALLEST = 1e-4;

  /** z = mean + exp(logvar/2) noise. */
  public Var sample(Var noise) {
    Var deviation = Functions.exp(Arithmetic.scale(logVariance, 0.5));
    return Arithmetic.add(mean, Arithmetic.mul(deviation, noise));
  }

  /** z drawn with {@code noise}, or the mean if that is null. */
  public Var latent(Var noise) {
    return noise == null ? mean : sample(noise);
  }

  /** KL(q || N(0, I)) = sum(mean^2 + exp(logvar) - 1 - logvar)/2, averaged over the batch. */
  public Var divergence() {
    Var terms =
        Arithmetic.sub(
            Arithmetic.add(Functions.square(mean), Functions.exp(logVariance)),
            Arithmetic.affine(logVariance, 1, 1));
    return Arithmetic.scale(Reductions.sum(terms), 0.5 / mean.shape().dim(0));
  }

  /**
   * The divergence of the aggregate posterior from the prior: for each element of z, the KL
   * divergence from N(0, 1) of a Gaussian with the mean m and variance v of the mixture of the
   * batch's posteriors,
   *
   * <pre>
   * m = E[mean], v = E[(mean - m)^2 + exp(logvar)], sum over z of (m^2 + v - 1 - ln v)/2
   * </pre>
   *
   * It is 0 if the mixture has the prior's mean and variance, however narrow each posterior is.
   */
  public Var aggregateDivergence() {
    return aggregateDivergence(mean, Functions.exp(logVariance));
  }

  /** The same of posteriors without variance, for z = mean. */
  public Var aggregateDivergenceOfMeans() {
    return aggregateDivergence(mean, constant(SMALLEST));
  }

  /** These posteriors without their variances, for the aggregate of z = mean. */
  public Posterior ofMeans() {
    return new Posterior(mean, constant(Math.log(SMALLEST)));
  }

  private Var constant(double value) {
    return Var.constant(Tensor.full(mean.value().backend(), mean.dtype(), mean.shape(), value));
  }

  private static Var aggregateDivergence(Var mean, Var variances) {
    int batch = mean.shape().dim(0);
    Shape one = mean.shape().with(0, 1);
    Var first = Arithmetic.scale(Reductions.sumTo(mean, one), 1.0 / batch);
    // not E[mean^2] - m^2, which rounding makes 0 or less if the means are nearly equal
    Var away = Functions.square(Arithmetic.sub(mean, first));
    Var variance =
        Arithmetic.scale(Reductions.sumTo(Arithmetic.add(away, variances), one), 1.0 / batch);
    return MixtureMoments.divergence(first, variance);
  }
}
