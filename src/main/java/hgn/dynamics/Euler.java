package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import java.util.List;

/** The explicit Euler method: q + dt dH/dp, p - dt dH/dq, both at (q, p). Not symplectic. */
public final class Euler implements KernelIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("euler", 1, 1, EnergyKind.NONE, EnergyKind.NONE);
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Stages(List.of(new RolloutProgram.Stage(0, 1)));
  }
}
