package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.List;

/**
 * H_gamma(q, p): q and p concatenated on channels, convolutions, and the sum of the last layer over
 * space; with {@code kinetic}, H = |p|^2/2 + H_gamma(q, p).
 *
 * <p>At the usual initial scale the gradient of such a network is about 1e-4, so that the motion
 * hardly starts. The kinetic term gives q' = p to begin with, and the network bends the flow from
 * there; H stays one function of (q, p) and the flow is still its own.
 */
public final class HamiltonianNet implements Hamiltonian {
  private final ConvStack layers;
  private final boolean kinetic;

  /** Adds this network's parameters to {@code parameters}. */
  public HamiltonianNet(Parameters parameters, Init init, HgnSpec spec) {
    layers =
        new ConvStack(
            parameters,
            init,
            "hamiltonian",
            2 * spec.phaseChannels(),
            spec.hamiltonian(),
            spec.gain());
    kinetic = spec.kinetic();
  }

  @Override
  public Var energy(Var q, Var p) {
    Var learnt = sumPerSample(layers.apply(Layout.concat(List.of(q, p), 3)));
    return kinetic
        ? Arithmetic.add(learnt, Arithmetic.scale(sumPerSample(Functions.square(p)), 0.5))
        : learnt;
  }

  private static Var sumPerSample(Var x) {
    int batch = x.shape().dim(0);
    Var sums = Reductions.sumTo(x, Shape.of(batch, 1, 1, 1));
    return Layout.reshape(sums, Shape.of(batch));
  }
}
