package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import java.util.Optional;

/** An integrator whose step is a {@link RolloutProgram}, so that kernels can compute it too. */
public interface KernelIntegrator extends Integrator {
  @Override
  RolloutProgram program();

  @Override
  default int evaluations() {
    return program().evaluations();
  }

  @Override
  default Optional<String> whyNotFused() {
    return Optional.empty();
  }

  @Override
  default PhaseState step(VectorField field, PhaseState state, double dt) {
    return ProgramStep.run(program(), field, state, dt);
  }
}
