package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.nn.Init;
import hgn.nn.Parameters;
import java.util.List;

/**
 * H(q, p) = base(q, p) + T(p) + V(q), for which the explicit symplectic integrators have their full
 * order.
 *
 * <p>T and V are the halves of the {@link HamiltonianNet} of the same architecture: half the
 * filters each (rounded up), one seeing p and one q, so that both together are that network with
 * all connections between the halves cut.
 */
public final class SeparableHamiltonian implements Hamiltonian {
  private final ConvEnergy kinetic;
  private final ConvEnergy potential;
  private final BaseEnergy base;

  /** Adds both networks' parameters to {@code parameters}. */
  public SeparableHamiltonian(Parameters parameters, Init init, HgnSpec spec) {
    List<ConvSpec> half = spec.hamiltonian().stream().map(ConvSpec::halved).toList();
    int channels = spec.phaseChannels();
    kinetic = new ConvEnergy(parameters, init, "hamiltonian.kinetic", channels, half, spec.gain());
    potential =
        new ConvEnergy(parameters, init, "hamiltonian.potential", channels, half, spec.gain());
    base = spec.base();
  }

  @Override
  public Var energy(Var q, Var p) {
    return base.plus(Arithmetic.add(kinetic.of(p), potential.of(q)), q, p);
  }
}
