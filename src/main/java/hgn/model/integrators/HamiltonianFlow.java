package hgn.model.integrators;

import hgn.model.Dynamics;
import hgn.model.Hamiltonian;
import hgn.model.HamiltonianNet;
import hgn.model.PhaseState;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flow of an energy, followed by an integrator: by the backend's {@link RolloutKernel} where it
 * has one that takes this energy, else composed of single operations. {@code -Dhgn.fused=false}
 * always composes.
 */
public final class HamiltonianFlow implements Dynamics {
  private static final String SWITCH = "hgn.fused";

  private final Hamiltonian hamiltonian;
  private final VectorField field;
  private final Integrator integrator;

  /** The flow of {@code hamiltonian}, by {@code integrator}. */
  public HamiltonianFlow(Hamiltonian hamiltonian, Integrator integrator) {
    this.hamiltonian = hamiltonian;
    this.field = new VectorField(hamiltonian);
    this.integrator = integrator;
  }

  @Override
  public List<PhaseState> rollout(PhaseState start, int count, double dt) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "[rollout] the number of states must be at least 1, got " + count);
    }
    if (count > 1 && whyComposed(start, count, dt).isEmpty()) {
      HamiltonianNet net = (HamiltonianNet) hamiltonian;
      RolloutKernel kernel = start.q().backend().rollouts().orElseThrow();
      RolloutPlan plan = FusedRollout.plan(net, integrator, start, count - 1, dt);
      return new FusedRollout(kernel, plan, net.layers(), FusedRollout.PART_BYTES).from(start);
    }
    return composed(start, count, dt);
  }

  /** Why {@link #rollout} composes single operations; empty if a kernel computes it at once. */
  public Optional<String> whyComposed(PhaseState start, int count, double dt) {
    if (!Boolean.parseBoolean(System.getProperty(SWITCH, "true"))) {
      return Optional.of("-D" + SWITCH + "=false asks for it");
    }
    Optional<RolloutKernel> kernel = start.q().backend().rollouts();
    if (kernel.isEmpty()) {
      return Optional.of("backend '" + start.q().backend().name() + "' has no rollout kernel");
    }
    if (!(hamiltonian instanceof HamiltonianNet net)) {
      return Optional.of(
          "the energy is not one network of convolutions that sees q and p together");
    }
    RolloutPlan plan = FusedRollout.plan(net, integrator, start, Math.max(1, count - 1), dt);
    return kernel.get().refusal(plan, start.q().dtype(), start.q().shape().dim(0));
  }

  private List<PhaseState> composed(PhaseState start, int count, double dt) {
    List<PhaseState> states = new ArrayList<>(count);
    states.add(start);
    for (int i = 1; i < count; i++) {
      states.add(integrator.step(field, states.get(i - 1), dt));
    }
    return states;
  }
}
