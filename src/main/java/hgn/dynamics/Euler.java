package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import java.util.List;

/** The explicit Euler method: q + dt dH/dp, p - dt dH/dq, both at (q, p). Not symplectic. */
public final class Euler implements KernelIntegrator {
  @Override
  public Traits traits() {
    return new Traits("euler", 1, 1, Energies.NONE, Energies.NONE);
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Stages(List.of(new RolloutProgram.Stage(0, 1)));
  }
}
