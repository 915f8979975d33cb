package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Reductions.sumTo;

import hgn.autograd.Edge;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/**
 * 2-D convolution and its two gradients: three bilinear operations that differentiate into one
 * another. Images (N,H,W,C), weights (kh,kw,C,O).
 */
public final class Convolution {
  private Convolution() {}

  /**
   * y = f(conv(x, w) + bias); the sum is not stored, and the bias may be null. VJP with h = g f':
   * x' = inputGrad(h, w), w' = weightGrad(x, h), bias' = h summed over all axes but the channels.
   */
  public static Var conv2d(Var x, Var w, Var bias, Conv2dGeometry geometry, Activation f) {
    Tensor b = bias == null ? null : bias.value();
    Tensor value = TensorOps.conv2d(x.value(), w.value(), b, geometry, f);
    Edge towardsX = wrt(x, (y, g) -> conv2dInputGrad(g, w, geometry, x.shape()));
    Edge towardsW = wrt(w, (y, g) -> conv2dWeightGrad(x, g, geometry, w.shape()));
    Edge[] edges = {towardsX, towardsW};
    if (bias != null) {
      edges = new Edge[] {towardsX, towardsW, wrt(bias, (y, g) -> sumTo(g, bias.shape()))};
    }
    if (f == Activation.IDENTITY) {
      return record("conv2d", value, edges);
    }
    return Activations.recordActivation(f, Tape.recordFused("conv2d", value, edges), value);
  }

  /**
   * The gradient of &lt;conv(x, w), g&gt; with respect to x of shape {@code input}: the transposed
   * convolution. VJP for a cotangent c: g' = conv(c, w), w' = weightGrad(c, g).
   */
  public static Var conv2dInputGrad(Var g, Var w, Conv2dGeometry geometry, Shape input) {
    return record(
        "conv2d input gradient",
        TensorOps.conv2dInputGrad(g.value(), w.value(), geometry, input),
        wrt(g, (y, c) -> conv2d(c, w, null, geometry, Activation.IDENTITY)),
        wrt(w, (y, c) -> conv2dWeightGrad(c, g, geometry, w.shape())));
  }

  /**
   * The gradient of &lt;conv(x, w), g&gt; with respect to w of shape {@code weight}. VJP for a
   * cotangent c: x' = inputGrad(g, c), g' = conv(x, c).
   */
  public static Var conv2dWeightGrad(Var x, Var g, Conv2dGeometry geometry, Shape weight) {
    return record(
        "conv2d weight gradient",
        TensorOps.conv2dWeightGrad(x.value(), g.value(), geometry, weight),
        wrt(x, (y, c) -> conv2dInputGrad(g, c, geometry, x.shape())),
        wrt(g, (y, c) -> conv2d(x, c, null, geometry, Activation.IDENTITY)));
  }
}
