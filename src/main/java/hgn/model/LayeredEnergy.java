package hgn.model;

import hgn.autograd.Var;
import hgn.nn.Conv2d;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.List;
import java.util.Optional;

/**
 * An energy base(q, p) + H_gamma(q, p) whose network is a row of convolutions of q and p on
 * channels, the last of which is summed over space: what rollout kernels take.
 */
public interface LayeredEnergy extends Hamiltonian {
  /**
   * A convolution y = f(conv(x, w) + b).
   *
   * @param weight (kernel, kernel, inputs, outputs)
   * @param bias (outputs)
   * @param geometry stride and padding
   * @param activation f
   */
  record Layer(Var weight, Var bias, Conv2dGeometry geometry, Activation activation) {
    /** The layer of these parameters. */
    static Layer of(Conv2d layer) {
      return new Layer(
          layer.weight().var(), layer.bias().var(), layer.geometry(), layer.activation());
    }
  }

  /** The network's layers, the first one first; called anew for each rollout. */
  List<Layer> layers();

  /** What the network's energy is added to. */
  BaseEnergy base();

  /** Why the network is no such row of convolutions; empty if it is. */
  default Optional<String> whyNotLayered() {
    return Optional.empty();
  }
}
