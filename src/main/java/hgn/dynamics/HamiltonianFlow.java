package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.custom.FixedPoint;
import hgn.tensor.Backend;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flow of an energy, computed by an integrator. It uses the backend's {@link RolloutKernel} if
 * there is one for this energy, and is composed of single operations otherwise, or with {@code
 * -Dhgn.fused=false}.
 */
public final class HamiltonianFlow implements Dynamics {
  private static final String SWITCH = "hgn.fused";

  private final Hamiltonian hamiltonian;
  private final VectorField field;
  private final Integrator integrator;

  /** The flow of {@code hamiltonian}, computed by {@code integrator}. */
  public HamiltonianFlow(Hamiltonian hamiltonian, Integrator integrator) {
    this.hamiltonian = hamiltonian;
    this.field = new VectorField(hamiltonian);
    this.integrator = integrator;
  }

  /**
   * Returns {@code count} states at intervals of {@code dt}, the first being {@code start}.
   *
   * @throws ImplicitStepException if a step iterates and does not converge
   */
  @Override
  public List<PhaseState> rollout(PhaseState start, int count, double dt) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "[rollout] the number of states must be at least 1, got " + count);
    }
    if (count > 1 && obstacle(start).isEmpty()) {
      KernelForm energy = hamiltonian.kernelForm();
      RolloutPlan plan = plan(energy, start, count, dt);
      if (refusal(plan, start).isEmpty()) {
        RolloutKernel kernel = start.q().backend().rollouts().orElseThrow();
        return new FusedRollout(kernel, plan, energy.layers(), FusedRollout.PART_BYTES).from(start);
      }
    }
    return composed(start, count, dt);
  }

  /** Why {@link #rollout} composes single operations; empty if a kernel computes it at once. */
  public Optional<String> whyNotFused(PhaseState start, int count, double dt) {
    return obstacle(start)
        .or(() -> refusal(plan(hamiltonian.kernelForm(), start, Math.max(2, count), dt), start));
  }

  /** Why no kernel can be used, for any length of rollout; empty if one can. */
  private Optional<String> obstacle(PhaseState start) {
    if (!Boolean.parseBoolean(System.getProperty(SWITCH, "true"))) {
      return Optional.of("-D" + SWITCH + "=false asks for it");
    }
    Backend backend = start.q().backend();
    if (backend.rollouts().isEmpty()) {
      return Optional.of("backend '" + backend.name() + "' has no rollout kernel");
    }
    return hamiltonian
        .whyNoKernelForm()
        .or(() -> integrator.whyNotFused().map(reason -> integrator.name() + ": " + reason));
  }

  /** Returns the plan for a kernel; there must be no {@link #obstacle}. */
  private RolloutPlan plan(KernelForm energy, PhaseState start, int count, double dt) {
    return FusedRollout.plan(energy, integrator.program(), start, count - 1, dt);
  }

  private static Optional<String> refusal(RolloutPlan plan, PhaseState start) {
    Var q = start.q();
    return q.backend().rollouts().orElseThrow().refusal(plan, q.dtype(), q.shape().dim(0));
  }

  private List<PhaseState> composed(PhaseState start, int count, double dt) {
    List<PhaseState> states = new ArrayList<>(count);
    states.add(start);
    PhaseState at = integrator.embed(start);
    for (int i = 1; i < count; i++) {
      try {
        at = integrator.step(field, at, dt);
      } catch (FixedPoint.Unsolved unsolved) {
        throw new ImplicitStepException(integrator, i, count - 1, dt, unsolved);
      }
      states.add(integrator.project(at));
    }
    return states;
  }
}
