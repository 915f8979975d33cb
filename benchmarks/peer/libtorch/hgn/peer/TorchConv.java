package hgn.peer;

import hgn.nn.ConvSpec;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution with bias, followed by an activation: y = f(conv(x, w) + b). */
final class TorchConv {
  private static final long[] DENSE = {1, 1};

  private final Tensor weight;
  private final TensorOptional bias;
  private final Conv2dGeometry geometry;
  private final Activation activation;

  /** The convolution whose parameters have this name. */
  TorchConv(
      TorchParameters parameters, String name, Conv2dGeometry geometry, Activation activation) {
    this.weight = parameters.get(name + ".weight");
    this.bias = new TensorOptional(parameters.get(name + ".bias"));
    this.geometry = geometry;
    this.activation = activation;
  }

  /** With an odd kernel, padded so that the size stays. */
  static TorchConv same(
      TorchParameters parameters, String name, int kernel, Activation activation) {
    return new TorchConv(parameters, name, Conv2dGeometry.symmetric(1, kernel / 2), activation);
  }

  /** Convolutions one after the other, whose parameters are called {@code name.0} and so on. */
  static List<TorchConv> stack(TorchParameters parameters, String name, List<ConvSpec> specs) {
    List<TorchConv> layers = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      ConvSpec spec = specs.get(i);
      layers.add(new TorchConv(parameters, name + "." + i, spec.geometry(), spec.activation()));
    }
    return layers;
  }

  /** What the last of {@code layers} makes of what the first one makes of x, and so on. */
  static Tensor through(List<TorchConv> layers, Tensor x) {
    Tensor y = x;
    for (TorchConv layer : layers) {
      y = layer.apply(y);
    }
    return y;
  }

  /** (N,inputs,H,W) to (N,outputs,H',W'). */
  Tensor apply(Tensor x) {
    return Scope.only(
        () -> {
          long[] stride = {geometry.stride(), geometry.stride()};
          Tensor sums = torch.conv2d(padded(x), weight, bias, stride, padding(), DENSE, 1);
          return TorchActivation.apply(activation, sums);
        });
  }

  /** libtorch pads both sides alike; what is not alike has to go before. */
  private Tensor padded(Tensor x) {
    return isSymmetric()
        ? x
        : torch.constant_pad_nd(
            x, geometry.left(), geometry.right(), geometry.top(), geometry.bottom());
  }

  private long[] padding() {
    return isSymmetric() ? new long[] {geometry.top(), geometry.left()} : new long[] {0, 0};
  }

  private boolean isSymmetric() {
    return geometry.top() == geometry.bottom() && geometry.left() == geometry.right();
  }
}
