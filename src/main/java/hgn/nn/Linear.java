package hgn.nn;

import hgn.autograd.Var;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.LinearAlgebra;
import hgn.tensor.Activation;
import hgn.tensor.Shape;

/** A dense layer with bias, followed by an activation: y = f(x w + b). */
public final class Linear {
  private final Parameter weight;
  private final Parameter bias;
  private final Activation activation;

  /**
   * Adds this layer's weight (inputs, outputs) and bias (outputs) to {@code parameters}.
   *
   * @param name prefix of the parameters' names
   * @param gain factor on the initial scale, see {@link Init}
   */
  public Linear(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      int outputs,
      Activation activation,
      double gain) {
    Shape shape = Shape.of(inputs, outputs);
    this.weight = parameters.add(name + ".weight", shape, init.uniform(shape, inputs, gain));
    Shape columns = Shape.of(outputs);
    this.bias = parameters.add(name + ".bias", columns, init.uniform(columns, inputs, gain));
    this.activation = activation;
  }

  /** (N,inputs) to (N,outputs). */
  public Var apply(Var x) {
    Var product = LinearAlgebra.matmul(x, weight.var());
    return Activations.activate(activation, Arithmetic.add(product, bias.var()));
  }

  /** Weight, (inputs,outputs). */
  public Parameter weight() {
    return weight;
  }
}
