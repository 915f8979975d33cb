package hgn.model.integrators;

import hgn.model.PhaseState;
import hgn.tensor.RolloutProgram;
import java.util.Optional;

/** An integrator whose step is a {@link RolloutProgram}, which kernels can compute too. */
public interface Programmed extends Integrator {
  /** What a step consists of. */
  RolloutProgram program();

  @Override
  default int evaluations() {
    return program().evaluations();
  }

  @Override
  default Optional<String> whyComposed() {
    return Optional.empty();
  }

  @Override
  default PhaseState step(VectorField field, PhaseState state, double dt) {
    return Step.run(program(), field, state, dt);
  }
}
