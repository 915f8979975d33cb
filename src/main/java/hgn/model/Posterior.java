package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;

/**
 * A diagonal Gaussian over z.
 *
 * @param mean (N, height, width, channels)
 * @param logVariance of the same shape
 */
public record Posterior(Var mean, Var logVariance) {
  /** z = mean + exp(logvar/2) noise. */
  public Var sample(Var noise) {
    Var deviation = Functions.exp(Arithmetic.scale(logVariance, 0.5));
    return Arithmetic.add(mean, Arithmetic.mul(deviation, noise));
  }

  /** KL(q || N(0, I)) = sum(mean^2 + exp(logvar) - 1 - logvar)/2, averaged over the batch. */
  public Var divergence() {
    Var terms =
        Arithmetic.sub(
            Arithmetic.add(Functions.square(mean), Functions.exp(logVariance)),
            Arithmetic.affine(logVariance, 1, 1));
    return Arithmetic.scale(Reductions.sum(terms), 0.5 / mean.shape().dim(0));
  }
}
