package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.nn.Conv2d;
import hgn.nn.ConvSpec;
import hgn.nn.ConvStack;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.List;

/** Convolutions whose output is summed over space: one number per sample. */
final class ConvEnergy {
  private final ConvStack layers;

  /** Adds the parameters {@code name.0.weight}, ... to {@code parameters}. */
  ConvEnergy(
      Parameters parameters,
      Init init,
      String name,
      int inputs,
      List<ConvSpec> layers,
      double gain) {
    List<ConvSpec> exact = layers.stream().map(ConvSpec::exactly).toList();
    this.layers = new ConvStack(parameters, init, name, inputs, exact, gain);
  }

  /** (N,h,w,inputs) to (N). */
  Var of(Var x) {
    return sumPerSample(layers.apply(x));
  }

  /** The convolutions, in order. */
  List<Conv2d> layers() {
    return layers.layers();
  }

  /** (N,h,w,C) to (N). */
  static Var sumPerSample(Var x) {
    int batch = x.shape().dim(0);
    Var sums = Reductions.sumTo(x, Shape.of(batch, 1, 1, 1));
    return Layout.reshape(sums, Shape.of(batch));
  }
}
