package hgn.dynamics;

import hgn.autograd.Var;
import hgn.nn.Conv2d;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.List;

/**
 * An energy as rollout kernels take it,
 *
 * <pre>
 * H(q, p) = kinetic |p|^2/2 + spring |q|^2/2 + H_gamma(q, p)
 * </pre>
 *
 * whose network H_gamma is a row of convolutions of q and p on channels, the last of which is
 * summed over space.
 *
 * @param layers the network's layers, the first one first
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
    /** The layer of these parameters. */
    public static Layer of(Conv2d layer) {
      return new Layer(
          layer.weight().var(), layer.bias().var(), layer.geometry(), layer.activation());
    }
  }
}
