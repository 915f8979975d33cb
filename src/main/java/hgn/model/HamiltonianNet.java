package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.nn.Conv2d;
import hgn.nn.Init;
import hgn.nn.Parameters;
import java.util.List;

/**
 * H(q, p) = base(q, p) + H_gamma(q, p), where H_gamma concatenates q and p on channels, convolves,
 * and sums the last layer over space; see {@link BaseEnergy}.
 */
public final class HamiltonianNet implements Hamiltonian {
  private final ConvEnergy learnt;
  private final BaseEnergy base;

  /** Adds this network's parameters to {@code parameters}. */
  public HamiltonianNet(Parameters parameters, Init init, HgnSpec spec) {
    int inputs = 2 * spec.phaseChannels();
    learnt =
        new ConvEnergy(parameters, init, "hamiltonian", inputs, spec.hamiltonian(), spec.gain());
    base = spec.base();
  }

  @Override
  public Var energy(Var q, Var p) {
    return base.plus(learnt.of(Layout.concat(List.of(q, p), 3)), q, p);
  }

  /** The network's convolutions, the first one first. */
  public List<Conv2d> layers() {
    return learnt.layers();
  }

  /** What the network's energy is added to. */
  public BaseEnergy base() {
    return base;
  }
}
