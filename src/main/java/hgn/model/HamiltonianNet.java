package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.nn.Conv2d;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.List;

/**
 * H(q, p) = base(q, p) + H_gamma(q, p), where H_gamma concatenates q and p on channels, convolves,
 * and sums the last layer over space; see {@link BaseEnergy}.
 */
public final class HamiltonianNet implements Hamiltonian {
  private final ConvStack layers;
  private final BaseEnergy base;

  /** Adds this network's parameters to {@code parameters}. */
  public HamiltonianNet(Parameters parameters, Init init, HgnSpec spec) {
    layers =
        new ConvStack(
            parameters,
            init,
            "hamiltonian",
            2 * spec.phaseChannels(),
            spec.hamiltonian().stream().map(ConvSpec::exactly).toList(),
            spec.gain());
    base = spec.base();
  }

  @Override
  public Var energy(Var q, Var p) {
    Var learnt = sumPerSample(layers.apply(Layout.concat(List.of(q, p), 3)));
    Var density = base.density(q, p);
    return density == null ? learnt : Arithmetic.add(learnt, sumPerSample(density));
  }

  /** The network's convolutions, the first one first. */
  public List<Conv2d> layers() {
    return layers.layers();
  }

  /** What the network's energy is added to. */
  public BaseEnergy base() {
    return base;
  }

  private static Var sumPerSample(Var x) {
    int batch = x.shape().dim(0);
    Var sums = Reductions.sumTo(x, Shape.of(batch, 1, 1, 1));
    return Layout.reshape(sums, Shape.of(batch));
  }
}
