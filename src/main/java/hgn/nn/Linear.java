package hgn.nn;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.LinearAlgebra;
import hgn.tensor.Activation;
import hgn.tensor.Shape;

/** A fully connected layer with bias, followed by an activation: y = f(x w + b). */
public final class Linear {
  private final Parameter weight;
  private final Parameter bias;
  private final Activation activation;

  /**
   * Adds this layer's weight (inputs, outputs) and bias (outputs) to {@code parameters}.
   *
   * @param name prefix of the parameters' names
   */
  public Linear(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      int outputs,
      Activation activation) {
    Shape shape = Shape.of(inputs, outputs);
    this.weight = parameters.add(name + ".weight", shape, init.uniform(shape, inputs, 1));
    Shape features = Shape.of(outputs);
    this.bias = parameters.add(name + ".bias", features, init.uniform(features, inputs, 1));
    this.activation = activation;
  }

  /** (N,inputs) to (N,outputs). */
  public Var apply(Var x) {
    Var product = LinearAlgebra.matmul(x, weight.var());
    return activation == Activation.IDENTITY
        ? Arithmetic.add(product, bias.var())
        : Arithmetic.addActivate(product, bias.var(), activation);
  }

  /** Weight, (inputs,outputs). */
  public Parameter weight() {
    return weight;
  }

  /** Bias, (outputs). */
  public Parameter bias() {
    return bias;
  }
}
