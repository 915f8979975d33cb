package hgn.peer;

import hgn.tensor.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The networks' nonlinearities; in place wherever the derivative is written in the output. */
final class TorchActivation {
  private static final Scalar LEAK = Scope.constant(Activation.LEAK);

  private TorchActivation() {}

  /**
   * f(x).
   *
   * @param x may be overwritten
   */
  static Tensor apply(Activation activation, Tensor x) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> torch.relu_(x);
      case LEAKY_RELU -> torch.leaky_relu_(x, LEAK);
      case SIGMOID -> x.sigmoid_();
      case TANH -> x.tanh_();
      case SOFTPLUS -> {
        return torch.softplus(x);
      }
    }
    return x;
  }
}
