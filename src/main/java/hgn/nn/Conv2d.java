package hgn.nn;

import hgn.autograd.Var;
import hgn.autograd.ops.Convolution;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;

/** A convolution with bias, followed by an activation: y = f(conv(x, w) + b). */
public final class Conv2d {
  private final Parameter weight;
  private final Parameter bias;
  private final Conv2dGeometry geometry;
  private final Activation activation;

  /**
   * Adds this layer's weight (kernel, kernel, inputs, outputs) and bias (outputs) to {@code
   * parameters}.
   *
   * @param name prefix of the parameters' names
   * @param gain factor on the initial scale, see {@link Init}
   */
  public Conv2d(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      int outputs,
      int kernel,
      Conv2dGeometry geometry,
      Activation activation,
      double gain) {
    Shape shape = Shape.of(kernel, kernel, inputs, outputs);
    int fanIn = inputs * kernel * kernel;
    this.weight = parameters.add(name + ".weight", shape, init.uniform(shape, fanIn, gain));
    Shape channels = Shape.of(outputs);
    this.bias = parameters.add(name + ".bias", channels, init.uniform(channels, fanIn, gain));
    this.geometry = geometry;
    this.activation = activation;
  }

  /** (N,H,W,inputs) to (N,H',W',outputs). */
  public Var apply(Var x) {
    return Convolution.conv2d(x, weight.var(), bias.var(), geometry, activation);
  }

  /** Weight, (kernel,kernel,inputs,outputs). */
  public Parameter weight() {
    return weight;
  }

  /** Bias, (outputs). */
  public Parameter bias() {
    return bias;
  }

  /** Stride and padding. */
  public Conv2dGeometry geometry() {
    return geometry;
  }

  /** The activation after the convolution. */
  public Activation activation() {
    return activation;
  }
}
