package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.KernelForm;
import hgn.nn.Init;
import hgn.nn.Parameters;
import java.util.List;
import java.util.Optional;

/**
 * H(q, p) = base(q, p) + H_gamma(q, p), where H_gamma concatenates q and p along the channels,
 * applies convolutions, and sums the last layer over space; see {@link BaseEnergy}.
 */
public final class HamiltonianNet implements Hamiltonian {
  private final ConvEnergy learnt;
  private final BaseEnergy base;
  private final Angles angles;

  /** Adds this network's parameters to {@code parameters}. */
  public HamiltonianNet(Parameters parameters, Init init, HgnSpec spec) {
    int inputs = spec.positionFeatures() + spec.phaseChannels();
    learnt =
        new ConvEnergy(parameters, init, "hamiltonian", inputs, spec.hamiltonian(), spec.gain());
    base = spec.base();
    angles = spec.angles();
  }

  @Override
  public Var energy(Var q, Var p) {
    return base.plus(learnt.of(Layout.concat(List.of(angles.features(q), p), 3)), q, p, angles);
  }

  @Override
  public KernelForm kernelForm() {
    return base.kernelForm(learnt.layers().stream().map(KernelForm.Layer::of).toList());
  }

  @Override
  public Optional<String> whyNoKernelForm() {
    return angles.whyNoKernelForm();
  }
}
