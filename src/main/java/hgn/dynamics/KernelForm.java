package hgn.dynamics;

import hgn.autograd.Var;
import hgn.nn.Conv2d;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.List;

/**
 * An energy in the form that rollout kernels take,
 *
 * <pre>
 * H(q, p) = kinetic |p|^2/2 + spring |q|^2/2 + H_gamma(q, p)
 * </pre>
 *
 * where the network H_gamma is a stack of convolutions of q and p, concatenated along the channels,
 * whose output is summed over space.
 *
 * @param layers the network's layers, in order
 * @param kinetic factor on |p|^2/2
 * @param spring factor on |q|^2/2
 */
public record KernelForm(List<Layer> layers, double kinetic, double spring) {
  /**
   * A convolution y = f(conv(x, w) + b).
   *
   * @param weight (kernel, kernel, inputs, outputs)
   * @param bias (outputs)
   * @param geometry stride and padding
   * @param activation f
   */
  public record Layer(Var weight, Var bias, Conv2dGeometry geometry, Activation activation) {
    /** Returns the layer with the parameters of {@code layer}. */
    public static Layer of(Conv2d layer) {
      return new Layer(
          layer.weight().var(), layer.bias().var(), layer.geometry(), layer.activation());
    }
  }
}
