package hgn.model.integrators;

import hgn.model.Hamiltonian;
import hgn.model.PhaseState;
import java.util.ArrayList;
import java.util.List;

/** The flow of an energy, followed by an integrator. */
public final class HamiltonianFlow {
  private final VectorField field;
  private final Integrator integrator;

  /** The flow of {@code hamiltonian}, by {@code integrator}. */
  public HamiltonianFlow(Hamiltonian hamiltonian, Integrator integrator) {
    this.field = new VectorField(hamiltonian);
    this.integrator = integrator;
  }

  /** {@code count} states, {@code dt} apart, the first being {@code start}. */
  public List<PhaseState> rollout(PhaseState start, int count, double dt) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "[rollout] the number of states must be at least 1, got " + count);
    }
    List<PhaseState> states = new ArrayList<>(count);
    states.add(start);
    for (int i = 1; i < count; i++) {
      states.add(integrator.step(field, states.get(i - 1), dt));
    }
    return states;
  }
}
