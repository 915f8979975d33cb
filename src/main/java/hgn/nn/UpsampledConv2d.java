package hgn.nn;

import hgn.autograd.Var;
import hgn.autograd.ops.UpsampledConvolution;
import hgn.tensor.Activation;
import hgn.tensor.Shape;

/**
 * A 3x3 convolution of the upsampled input, see {@link UpsampledConvolution}; its parameters are
 * those of a {@link Conv2d} after an upsampling.
 */
public final class UpsampledConv2d {
  private final Parameter weight;
  private final Parameter bias;
  private final Activation activation;
  private final Var spread;

  /**
   * Adds this layer's weight (3, 3, inputs, outputs) and bias (outputs) to {@code parameters}.
   *
   * @param name prefix of the parameters' names
   */
  public UpsampledConv2d(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      int outputs,
      Activation activation) {
    Shape shape = Shape.of(3, 3, inputs, outputs);
    int fanIn = 9 * inputs;
    this.weight = parameters.add(name + ".weight", shape, init.uniform(shape, fanIn, 1));
    Shape channels = Shape.of(outputs);
    this.bias = parameters.add(name + ".bias", channels, init.uniform(channels, fanIn, 1));
    this.activation = activation;
    this.spread =
        parameters.constant(UpsampledConvolution.SPREAD, UpsampledConvolution.spreadValues());
  }

  /** (N,H,W,inputs) to (N,2H,2W,outputs). */
  public Var apply(Var x) {
    return UpsampledConvolution.upsampledConv2d(x, weight.var(), bias.var(), activation, spread);
  }
}
