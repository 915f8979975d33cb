package hgn.model;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/**
 * Mean m and variance v, for each element of z, of the mixture of all posteriors of a batch whose
 * parts lie in different places:
 *
 * <pre>
 * m = sum of means / N, v = sum of ((mean - m)^2 + exp(logvar)) / N
 * </pre>
 *
 * Each part gives its {@link #means}, then, once m is known, its {@link #spreads}. See {@link
 * Posterior#aggregateDivergence}.
 *
 * @param mean m, (1, height, width, channels)
 * @param variance v, of the same shape
 * @param count N
 */
public record MixtureMoments(Tensor mean, Tensor variance, int count) {
  /** The sum of a part's means, of the shape of m. */
  public static Tensor means(Posterior part) {
    return Reductions.sumTo(Var.constant(part.mean().value()), one(part)).value();
  }

  /** The sum of a part's (mean - m)^2 + exp(logvar), of the shape of m. */
  public static Tensor spreads(Posterior part, Tensor mean) {
    try (Tape.Mode off = Tape.pause()) {
      return Reductions.sumTo(spread(part, mean), one(part)).value();
    }
  }

  private static Var spread(Posterior part, Tensor mean) {
    Var away = Functions.square(Arithmetic.sub(part.mean(), Var.constant(mean)));
    return Arithmetic.add(away, Functions.exp(part.logVariance()));
  }

  private static Shape one(Posterior part) {
    return part.mean().shape().with(0, 1);
  }

  /** The aggregate divergence of the whole batch, sum over z of (m^2 + v - 1 - ln v)/2. */
  public Var divergence() {
    return divergence(Var.constant(mean), Var.constant(variance));
  }

  /** The divergence from a standard normal of one with this mean and variance. */
  static Var divergence(Var mean, Var variance) {
    Var second = Arithmetic.add(variance, Functions.square(mean));
    Var terms = Arithmetic.sub(Arithmetic.affine(second, 1, -1), Functions.log(variance));
    return Arithmetic.scale(Reductions.sum(terms), 0.5);
  }

  /**
   * A scalar that stands for the aggregate divergence in the loss of one part: the mean over parts
   * of equal size of its gradients is the gradient of {@link #divergence}. Its value says nothing.
   *
   * <pre>
   * sum over z of m E[mean] + (1 - 1/v)/2 E[(mean - m)^2 + exp(logvar)], with m and v constant
   * </pre>
   *
   * The expectations are over the part. The derivative of v by m is 0, since m is the mean.
   */
  public Var share(Posterior part) {
    double each = 1.0 / part.mean().shape().dim(0);
    Var slope =
        Arithmetic.affine(Arithmetic.div(Var.constant(ones()), Var.constant(variance)), -0.5, 0.5);
    Var first = Arithmetic.mul(Var.constant(mean), Reductions.sumTo(part.mean(), one(part)));
    Var second = Arithmetic.mul(slope, Reductions.sumTo(spread(part, mean), one(part)));
    return Arithmetic.scale(Reductions.sum(Arithmetic.add(first, second)), each);
  }

  private Tensor ones() {
    return Tensor.full(mean.backend(), mean.dtype(), mean.shape(), 1);
  }
}
