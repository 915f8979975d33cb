package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Reductions.sumTo;

import hgn.autograd.Edge;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.tensor.Activation;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.UpsampledConvKernel;

/**
 * The convolution of {@link UpsampledConvolution} and its two gradients by a backend's kernel:
 * three bilinear operations that differentiate into one another, like those of {@link Convolution}.
 */
final class UpsampledKernelOps {
  private final UpsampledConvKernel kernel;

  UpsampledKernelOps(UpsampledConvKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * y = f(conv(upsample(x), w) + bias); the sum is not stored. VJP with h = g f': x' = inputGrad(h,
   * w), w' = weightGrad(x, h), bias' = h summed over all axes but the channels.
   */
  Var forward(Var x, Var w, Var bias, Activation f) {
    Tensor value = Tensor.like(x.value(), doubled(x.shape(), w.shape().dim(3)));
    kernel.forward(x.value(), w.value(), bias == null ? null : bias.value(), f, value);
    Edge towardsX = wrt(x, (y, g) -> inputGrad(g, w));
    Edge towardsW = wrt(w, (y, g) -> weightGrad(x, g));
    Edge[] edges = {towardsX, towardsW};
    if (bias != null) {
      edges = new Edge[] {towardsX, towardsW, wrt(bias, (y, g) -> sumTo(g, bias.shape()))};
    }
    String op = "upsampled conv2d";
    if (f == Activation.IDENTITY) {
      return record(op, value, edges);
    }
    return Activations.recordActivation(f, Tape.recordFused(op, value, edges), value);
  }

  /** VJP for a cotangent c: g' = forward(c, w), w' = weightGrad(c, g). */
  private Var inputGrad(Var g, Var w) {
    Tensor x = Tensor.like(g.value(), halved(g.shape(), w.shape().dim(2)));
    kernel.inputGrad(g.value(), w.value(), x);
    return record(
        "upsampled conv2d input gradient",
        x,
        wrt(g, (y, c) -> forward(c, w, null, Activation.IDENTITY)),
        wrt(w, (y, c) -> weightGrad(c, g)));
  }

  /** VJP for a cotangent c: x' = inputGrad(g, c), g' = forward(x, c). */
  private Var weightGrad(Var x, Var g) {
    Tensor w = Tensor.like(x.value(), Shape.of(3, 3, x.shape().dim(3), g.shape().dim(3)));
    kernel.weightGrad(x.value(), g.value(), w);
    return record(
        "upsampled conv2d weight gradient",
        w,
        wrt(x, (y, c) -> inputGrad(g, c)),
        wrt(g, (y, c) -> forward(x, c, null, Activation.IDENTITY)));
  }

  private static Shape doubled(Shape s, int outputs) {
    return Shape.of(s.dim(0), 2 * s.dim(1), 2 * s.dim(2), outputs);
  }

  private static Shape halved(Shape s, int channels) {
    return Shape.of(s.dim(0), s.dim(1) / 2, s.dim(2) / 2, channels);
  }
}
