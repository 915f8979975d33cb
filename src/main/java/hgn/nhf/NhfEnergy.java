package hgn.nhf;

import static hgn.autograd.ops.Activations.activationGrad;
import static hgn.autograd.ops.LinearAlgebra.matmul;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameter;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Shape;

/**
 * A learnt energy of positions or momenta alone: E(x) = w . s(s(x A + a) B + b), s = softplus. It
 * has no final bias, which would not affect the motion.
 */
final class NhfEnergy {
  private final Linear first;
  private final Linear second;
  private final Parameter last;

  NhfEnergy(Parameters parameters, Init init, String name, int dimensions, int hidden) {
    this.first =
        new Linear(parameters, init, name + ".0", dimensions, hidden, Activation.SOFTPLUS, 1);
    this.second = new Linear(parameters, init, name + ".1", hidden, hidden, Activation.SOFTPLUS, 1);
    Shape shape = Shape.of(hidden, 1);
    this.last = parameters.add(name + ".2.weight", shape, init.uniform(shape, hidden, 1));
  }

  /** E of each point: (N,d) to (N,1). */
  Var energy(Var x) {
    return matmul(second.apply(first.apply(x)), last.var());
  }

  /**
   * dE/dx = ((w * s'(..)) B^T * s'(..)) A^T, (N,d) to (N,d): the gradient of {@link #energy} in
   * closed form, which saves a backward pass at every step of a motion.
   */
  Var slope(Var x) {
    Var h1 = first.apply(x);
    Var h2 = second.apply(h1);
    Var row = Layout.reshape(last.var(), Shape.of(1, h2.shape().dim(1)));
    Var g2 = activationGrad(Activation.SOFTPLUS, Reductions.broadcastTo(row, h2.shape()), h2);
    Var product = matmul(g2, false, second.weight().var(), true);
    Var g1 = activationGrad(Activation.SOFTPLUS, product, h1);
    return matmul(g1, false, first.weight().var(), true);
  }
}
