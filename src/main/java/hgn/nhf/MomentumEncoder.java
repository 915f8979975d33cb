package hgn.nhf;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.sub;

import hgn.autograd.Var;
import hgn.autograd.ops.Functions;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameters;
import hgn.tensor.Activation;

/**
 * f(p|q) = N(mu(q), diag sigma(q)^2), where mu and ln sigma are ReLU networks of sizes d, h, h, d.
 */
final class MomentumEncoder {
  private final Network mean;
  private final Network logDeviation;

  /** Three layers, the last one linear. */
  private record Network(Linear first, Linear second, Linear last) {
    static Network of(Parameters parameters, Init init, String name, int dimensions, int hidden) {
      return new Network(
          new Linear(parameters, init, name + ".0", dimensions, hidden, Activation.RELU, 1),
          new Linear(parameters, init, name + ".1", hidden, hidden, Activation.RELU, 1),
          new Linear(parameters, init, name + ".2", hidden, dimensions, Activation.IDENTITY, 1));
    }

    Var apply(Var x) {
      return last.apply(second.apply(first.apply(x)));
    }
  }

  /**
   * A momentum drawn for each position.
   *
   * @param p (N,d)
   * @param logDensity ln f(p|q), (N,1)
   */
  record Draw(Var p, Var logDensity) {}

  MomentumEncoder(Parameters parameters, Init init, int dimensions, int hidden) {
    this.mean = Network.of(parameters, init, "encoder.mean", dimensions, hidden);
    this.logDeviation = Network.of(parameters, init, "encoder.log-deviation", dimensions, hidden);
  }

  /** p = mu(q) + sigma(q) eps for standard normal eps (N,d), differentiable with respect to q. */
  Draw draw(Var q, Var eps) {
    Var logSigma = logDeviation.apply(q);
    Var p = add(mean.apply(q), mul(Functions.exp(logSigma), eps));
    return new Draw(p, sub(Gaussians.logDensity(eps), Gaussians.rowSums(logSigma)));
  }
}
